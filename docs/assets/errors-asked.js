// What tools say that is no error of a socket, and which cause of an error a reader names, by the name of its answer in
// docs/data/answers.toml. `words` are as in docs/data/errors.toml, and found in what a program says. `said` is of a cause: groups
// of words between &, and of each group one must occur, of one after ! none. Between the words is |; ~ is any word that
// denies, and @ begins a kind of words. `asks` names answers that the reader is asked to choose from below this one. An
// answer that is `last` is given only where there's no other; a cause that is `on` one system comes first there alone. All
// is in small letters, but for the system. What readers say without any message stands in errors-said.js.
"use strict";
window.sockAsked = {
  kinds: {
    "@docker": "docker*|container*|compose|podman|kubernetes|k8s|pod",
    "@elsewhere": "phone*|nodemcu|mobile|tablet|ipad|iphone|android|raspberry*|esp32|esp8266|smart tv|smartphone|iot device"
      + "|my pi|the pi|my nas|my tv|my tablet|another device|other device*|second device|another machine"
      + "|other machine*|another computer|other computer*|second computer|another laptop|other laptop|another pc"
      + "|other pc|other pcs|second pc|another host|different computer|different machine|different pc"
      + "|different device|same wifi|same wi-fi|same network|same lan|local network|my network|home network"
      + "|the wifi|lan|colleague*|coworker*|classmate*|roommate*|other people|others",
    "@reach": "connect*|reach*|open*|access*|load*|see|sees|visit*|join*|call*|get to|get in|talk to|use|view*|find"
      + "|show*|post",
    "@server": "server*|site|website*|web page|webpage|page|app|apps|application*|program*|script*|api|service*|flask"
      + "|django|node|express|uvicorn|fastapi|streamlit|http.server|game|minecraft|socket",
  },
  answers: {
    elsewhere: {
      said: [
        "nothing|~ & browser|page & address|ip|url & @elsewhere",
        "reachable|visible|accessible|works|opens & only & my own|this computer|own computer|own machine|own laptop",
        "how|can|want & talk to|reach|use|open|control & server*|site|website|app|flask|django|pc|computer & smartphone|my phone|my tablet|my ipad|from the couch",
        "~|how|nothing|refused|timed out|timeout & @elsewhere & @reach|@server|localhost|ip & !check|ssh|printer|udp|broadcast|multicast|serial|com port|internet connection|by its name|hostname|hdmi",
        "only|just & localhost|my machine|my laptop|my computer|my pc|locally|same machine|same computer|same pc|itself|i can & @reach|@server|works|reachable",
        "works|work|runs|fine|ok|opens & localhost|127.0.0.1|locally & ~|but & ip|192.168.*|10.*|address|outside|others|elsewhere & !docker|container|name",
        "how|make|let|allow|share|access|want & @elsewhere|visible|reachable & @server|localhost & !printer|internet|public|serial|how many|multiple|check|test",
        "refused|refuses|timed out & from another|from other|from a different|from the other|from my phone|from my mac|remotely|from outside & same machine|same pc|same computer|same laptop|locally|localhost|but not|works|itself",
      ],
    },
    published: {
      said: [
        "@docker & running|runs|published|is up|started & localhost|127.0.0.1 & ~",
        "docker*|container*|compose|podman|kubernetes|k8s|pod & localhost|127.0.0.1|::1 & ~ & browser|curl|postman|dbeaver|pgadmin|psql|my laptop|my machine|my computer|the host|outside|published|-p ####|-p ##|refused to connect",
      ],
    },
    "container-to-host": {
      said: [
        "from docker|from a container|from the container|from my container|from inside|from within|inside docker|inside a container|inside the container|inside my container & my machine|my laptop|my computer|host|database|localhost & ~ & reach|connect|access|call|see|find|talk|ping|resolve|refused|refuses",
        "docker|container & on the host|host's|on my machine|on my laptop|on my computer|outside the container|my local & ~ & reach|connect|access|call|see|find|talk|ping",
        "docker*|container*|compose|podman|kubernetes|k8s|pod & localhost|127.0.0.1|::1 & postgres*|psycopg|psycopg2|mysql|mariadb|redis|mongo*|kafka|database*|db|other container|5432|3306|6379|27017 & ~ & !browser|curl|postman|dbeaver|pgadmin|psql|my laptop|my machine|my computer|the host|outside|published|-p ####|-p ##|refused to connect",
        "docker*|container*|compose|podman|kubernetes|k8s|pod & localhost|127.0.0.1|::1 & refused|econnrefused|10061|refuses|max retries & !helm|kubectl|cluster unreachable|kubeconfig|browser|curl|postman|dbeaver|pgadmin|psql|my laptop|my machine|my computer|the host|outside|published|-p ####|-p ##|refused to connect",
        "app|api|web|backend|server|django|flask|node|container* & docker*|container*|compose|podman|kubernetes|k8s|pod & postgres*|psycopg|psycopg2|mysql|mariadb|redis|mongo*|kafka|database*|db|other container|5432|3306|6379|27017 & ~ & reach|connect|access|talk|find|call|see & !browser|curl|postman|dbeaver|pgadmin|psql|my laptop|my machine|my computer|the host|outside|published|-p ####|-p ##|refused to connect",
      ],
    },
    gone: {
      words: [
        "missed heartbeat*", "heartbeat timeout", "heartbeat missed",
      ],
    },
    "silent-vpn": {
      words: [
        "handshake for peer * did not complete", "tls key negotiation failed to occur",
        "handshake did not complete after", "server poll timeout", "vpn * no response", "gateway * not responding",
        "no response from the vpn", "remote server is not responding",
      ],
    },
    emulator: {
      words: [
        "failed to connect to /127.0.0.1", "failed to connect to localhost/127.0.0.1", "failed to connect to /10.0.2.2",
      ],
    },
    cleartext: {
      words: [
        "cleartext", "err_cleartext_not_permitted", "app transport security", "nsurlerrordomain & -1022",
      ],
    },
    "serial-denied": {
      words: [
        "/dev/tty* & permission denied", "permission denied & serial port", "/dev/cu* & resource busy",
        "/dev/tty* & resource busy", "'com# & access is denied", "'com## & access is denied", "com# & access denied",
        "com## & access denied", "com# & permissionerror", "com# & port is busy", "access to the port 'com",
        "access to the path 'com", "cannot lock port", "error opening serial port & busy",
        "opening com# & access denied",
      ],
    },
    "serial-missing": {
      words: [
        "/dev/tty* & no such file or directory", "/dev/cu* & no such file or directory",
        "could not open port 'com & filenotfounderror", "could not open port 'com & cannot find the file",
        "port com# does not exist", "no serial port", "serial port not found", "serial port * not found",
        "serial port com# not found", "no serial data received", "failed to connect to esp*", "not in sync: resp=",
        "port not found", "no ports found",
      ],
    },
    "unplugged-serial": {
      words: [
        "port that is not open", "port is not open", "port not open",
        "device reports readiness to read but returned no data", "device disconnected or multiple access on port",
        "write timeout & serial", "clearcommerror failed", "getoverlappedresult failed",
        "device does not recognize the command", "a device which does not exist was specified",
      ],
    },
    proxy: {
      words: [
        "http 407", "code 407", "error 407", "407 proxy", "proxy authentication required", "curl: (97)",
        "connect tunnel failed", "err_tunnel_connection_failed", "from proxy after connect", "tunnel connection failed",
        "proxyerror", "proxy error", "err_no_supported_proxies", "socks5 & fail", "socks & rejected", "socks server",
        "err_proxy_certificate", "proxy connect aborted", "proxy connection", "unexpected status from proxy",
      ],
    },
    ftp: {
      words: [
        "425 can*", "425 unable", "425 failed", "can't open data connection", "can't build data connection",
        "failed to establish data connection", "failed to retrieve directory listing", "passive mode & timed out",
        "500 illegal port command", "426 connection closed",
      ],
    },
    mqtt: {
      words: [
        "rc=-#", "rc = -#", "mqtt*rc=", "mqtt*failed", "mqtt_err_no_conn", "mqtt_err_conn_lost",
        "mqtt & connection lost", "socket error on client", "bad socket read/write on client",
        "client * has exceeded timeout", "mqtt connect return code",
      ],
    },
    "half-address": {
      words: [
        "missing port in address", "too many colons in address", "unsupported protocol scheme",
        "first path segment in url cannot contain colon",
      ],
    },
    scanned: {
      words: [
        "/tcp filtered", "/tcp closed", "/tcp open", "/udp open", "/udp closed", "open|filtered", "tcp filtered",
        "udp filtered",
      ],
    },
    quiet: {
      said: [
        "client_loop|packet_write_wait|ssh & broken pipe|timeout",
      ],
    },
    "full-queue": {
      words: [
        "syn flooding", "listen queue overflow", "times the listen queue of a socket overflowed",
      ],
    },
    airplay: {
      on: "macOS",
      said: [
        "port 5000|:5000|5000/|', 5000|port 7000|:7000|', 7000|airplay & in use|already|errno|eaddrinuse|allocated|bind & !winerror|only one usage|errno 98|os error 98|98: address",
        "errno 48|os error 48 & !port #*|:#*|', #*",
        "localhost|127.0.0.1|5000|7000 & 403|forbidden|access denied|access was denied|authorization to view|authorisation to view & mac|macbook|macos|safari|browser|chrome|flask|5000|7000 & !docker|nginx|apache|csrf|django",
        "airplay & port|5000|7000|disable|turn off|receiver|server|flask",
      ],
      words: [
        "access to localhost was denied", "access to 127.0.0.1 was denied",
        "authorization to view this page & localhost", "authorisation to view this page & localhost",
        "authorization to view this page & 127.0.0.1", "airtunes", "localhost:5000 & 403", "127.0.0.1:5000 & 403",
        "localhost & 403 & mac*", "localhost & 403 & browser", "localhost & 403 & chrome", "localhost & 403 & safari",
        "localhost:7000 & 403", "127.0.0.1:7000 & 403",
      ],
    },
    "own-file": {
      said: [
        "partially initialized module|circular import|consider renaming|same name as the standard library",
        "cannot import name & from 'socket' (|from 'ssl' (|from 'select' (|from 'selectors' (|from 'asyncio' ( & !lib/python*|unknown location|\\lib\\|.so)|lib-dynload|.pyd)",
        "'socket' has no attribute & attribute 'socket'|attribute 'create_connection'|attribute 'create_server'|attribute 'af_inet'|attribute 'sock_stream'|attribute 'gethostname'|attribute 'gethostbyname'|attribute 'getaddrinfo'|attribute 'gaierror'|attribute 'timeout'|attribute 'error'|attribute 'sol_socket' & !did you mean",
        "'ssl' has no attribute & attribute 'create_default_context'|attribute 'sslcontext'|attribute 'sslerror' & !did you mean",
        "'select' has no attribute 'select'|'selectors' has no attribute 'defaultselector'|'selectors' has no attribute 'event_read'|'asyncio' has no attribute 'sleep'|'asyncio' has no attribute 'open_connection'|'asyncio' has no attribute 'start_server'|'asyncio' has no attribute 'get_event_loop'|'asyncio' has no attribute 'gather' & !did you mean",
      ],
      words: [
        "partially initialized module", "consider renaming", "has the same name as the standard library module",
        "'socket' is not a package", "'ssl' is not a package", "'http' is not a package", "'asyncio' is not a package",
        "'email' is not a package", "'json' is not a package", "'queue' has no attribute",
        "'threading' has no attribute 'thread'", "'threading' has no attribute 'lock'", "'json' has no attribute",
        "'struct' has no attribute", "cannot import name * from 'queue'", "cannot import name * from 'threading'",
        "cannot import name * from 'json'", "cannot import name * from 'struct'",
      ],
    },
    // errors of something else
    "other-cors": {
      words: [
        "blocked by cors", "cors policy", "cors error", "cross-origin request blocked", "access-control-allow-origin",
        "same-origin policy",
      ],
    },
    "other-mixed": {
      words: [
        "mixed content", "insecure websocket",
      ],
    },
    "other-websocket": {
      words: [
        "websocket connection to * failed", "error during websocket handshake", "before receiving a handshake response",
        "can't establish a connection to the server at ws*", "server rejected websocket connection",
      ],
    },
    "other-fetch": {
      words: [
        "failed to fetch", "networkerror when attempting to fetch", "typeerror: load failed",
        "axioserror: network error", "error: network error",
      ],
    },
    "other-runtime": {
      words: [
        "no reactor running", "must be called from the context of a tokio",
        "cannot start a runtime from within a runtime",
      ],
    },
    "other-main-thread": {
      words: [
        "networkonmainthread*",
      ],
    },
    "other-http": {
      words: [
        "4## client error", "5## server error", "http 4##", "http 5##", "404 not found", "403 forbidden",
        "401 unauthorized", "400 bad request", "405 method not allowed", "429 too many requests", "service unavailable",
        "500 internal server error", "csrf verification failed", "error 4##", "error: 4##", "error 5##", "error: 5##",
        "code 4##", "code: 4##", "code 5##", "code: 5##", "status of 4##", "status of 5##",
      ],
    },
    "other-host-header": {
      words: [
        "invalid host header", "disallowedhost", "invalid http_host header", "blocked request. this host",
        "may need to add * to allowed_hosts",
      ],
    },
    "other-login": {
      words: [
        "authentication failed", "client sent auth", "permission denied (publickey", "permission denied, please try again",
        "access denied for user", "noauth", "wrongpass", "login failed for user", "invalid password",
        "no pg_hba.conf entry", "host key verification failed", "bad permissions", "permissions are too open",
        "remote host identification has changed", "authenticationerror", "pull access denied",
      ],
    },
    "other-database": {
      words: [
        "relation * does not exist", "no such table", "syntax error at or near", "in your sql syntax",
        "duplicate key value", "unique constraint failed", "column * does not exist", "unknown database",
        "database * does not exist", "role * does not exist", "lock wait timeout", "deadlock found",
        "deadlock detected", "database is locked", "integrityerror", "programmingerror", "foreign key constraint",
        "sqlstate[42", "too many connections",
      ],
    },
    "other-files": {
      words: [
        "filenotfounderror", "fileexistserror", "notadirectoryerror",
        "permissionerror: [errno 1] operation not permitted: '", "no such file or directory", "no space left on device",
        "not a directory", "directory not empty", "file name too long", "too many levels of symbolic links",
        "disk quota exceeded", "read-only file system", "enoent", "err! path", "winerror 2]", "winerror 3]",
        "winerror 5]", "winerror 32]", "cannot find the file", "being used by another process", "templatenotfound",
        "templatedoesnotexist", "no data available", "oserror: [errno 22] invalid argument: '", "permission denied",
      ],
    },
    "other-missing": {
      words: [
        "modulenotfounderror", "importerror", "no module named", "cannot import name", "cannot find module",
        "module not found", "command not found", "sh: * not found", "is not recognized as", "err_module_not_found",
        "classnotfoundexception", "noclassdeffounderror", "no matching distribution found",
        "could not find a version that satisfies", "executable file not found", "cannot find package",
        "manifest unknown", "unable to find image",
      ],
    },
    "other-spelling": {
      words: [
        "syntaxerror", "indentationerror", "nameerror", "referenceerror", "unexpected token", "is not defined",
        "parse error", "unexpected indent", "undefined reference to", "undeclared identifier",
      ],
    },
    "other-codec": {
      words: [
        "unicodedecodeerror", "unicodeencodeerror", "codec can't decode", "codec can't encode", "binascii.error",
        "jsondecodeerror", "is not valid json", "end of json input", "invalid start byte",
      ],
    },
    "other-memory": {
      words: [
        "memoryerror", "outofmemoryerror", "recursionerror", "maximum recursion depth", "maximum call stack",
        "out of memory", "java heap space", "can't start new thread", "segmentation fault", "core dumped",
        "stackoverflowerror", "timeoutexpired", "fork: retry", "exit code 137", "exited with code 137", "oomkilled",
        "signal: killed", "cannot allocate memory", "sigsegv",
      ],
    },
    "other-end": {
      words: [
        "keyboardinterrupt", "systemexit", "exit status #", "exit code #", "exited with code #", "elifecycle",
        "signal sigint",
      ],
    },
    "other-data": {
      words: [
        "keyerror", "indexerror", "typeerror", "valueerror", "attributeerror", "overflowerror", "assertionerror",
        "rangeerror", "nullpointerexception", "nil pointer dereference", "nonetype", "index out of range",
        "index out of bounds", "object reference not set", "cannot read propert", "is not a function", "of undefined",
        "of null", "called `option::unwrap", "invalid literal for int", "validationerror", "undefined method",
      ],
    },
    "other-lock": {
      words: [
        "could not get lock", "another instance is already running", "unable to acquire the dpkg", "index.lock",
      ],
    },
    unsaid: {
      asks: ["refused-so", "too-slow", "by-number", "elsewhere", "container"],
      words: [
        "err_connect_fail", "unable to connect", "possible to connect", "unabletoconnect", "can't contact",
        "cannot contact", "xhr poll error", "failed to connect", "unable to connect", "could not connect",
        "cannot connect", "can't connect", "couldn't connect", "connection failed", "connection error", "connect error",
        "connectexception", "connection could not be established", "connectionerror", "connect failed", "connecterror",
        "connectionfailed", "failed to establish", "no connection to", "not reachable", "server is not responding",
        "unable to reach",
      ],
      last: true,
    },
  },
};
