"""The lab: a Linux kernel in the page, which runs the site's programs when the reader presses Run."""
