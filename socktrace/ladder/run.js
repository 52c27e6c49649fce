// Plays a run. Everything can be read without this script.
"use strict";
