// What readers say, and what tools do that is no error of a socket, by the name of its answer in docs/data/answers.toml. In
// `said` are groups of words between &, and of each group one must occur, of one after ! none. Between the words is |; ~ is
// any word that denies, and @ begins a kind of words. `words` are as in docs/data/errors.toml. An answer that is `last` is
// given only where there's no other; a cause that is `on` one system comes first there alone. All is in small letters,
// but for the system.
"use strict";
window.sockAsked = {
  kinds: {
    "@docker": "docker*|container*|compose|podman|kubernetes|k8s|pod",
    "@elsewhere": "phone*|nodemcu|mobile|tablet|ipad|iphone|android|raspberry*|esp32|esp8266|smart tv|smartphone|iot device|my pi|the pi|my nas|my tv|my tablet|another device|other device*|second device|another machine"
      + "|other machine*|another computer|other computer*|second computer|another laptop|other laptop|another pc|other pc|other pcs|second pc|another host"
      + "|different computer|different machine|different pc|different device|same wifi|same wi-fi|same network|same lan|local network|my network|home network"
      + "|the wifi|lan|colleague*|coworker*|classmate*|roommate*|other people|others",
    "@outside": "friend*|his house|her house|their house|internet|outside|public|external ip|mobile data|another city|other city|another country|from work"
      + "|from school|port forward*|forwarded|my router|the router|everyone in the world|travel*|on the road|from abroad|hotel|away from home|not at home|4g|5g|lte",
    "@reach": "connect*|reach*|open*|access*|load*|see|sees|visit*|join*|call*|get to|get in|talk to|use|view*|find|show*|post",
    "@server": "server*|site|website*|web page|webpage|page|app|apps|application*|program*|script*|api|service*|flask|django|node|express|uvicorn|fastapi"
      + "|streamlit|http.server|game|minecraft|socket",
    "@who": "client*|user*|player*|visitor*|friend*|people|person|somebody|someone|others|browser*|tab|tabs",
    "@end": "close*|closing|leave*|leaving|left|quit*|exit*|disconnect*|gone|goes|going|crash*|kill*|die|dies|died|stop*|ends|ended|logs off|drop*|goes offline|unplug*",
    "@start": "start*|restart*|run|runs|rerun|launch*|bind|binds",
    "@many": "many|other|third|fourth|fifth|2nd|3rd|multiple|several|more than one|two|three|10|100|1000|second|another|next|at once|at the same time|same time|simultaneous*|parallel|at a time",
    "@arrive": "arrive*|come|comes|coming|receive*|receiving|get|gets|got|recv|recvfrom",
    "@message": "message*|data|file|files|image*|picture*|photo*|video|reply|response*|answer*|string*|json|text|html|bytes|packet*|command*|line|lines",
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
    "at-home": {
      said: [
        "works|opens|fine|ok|reach* & at home|in my house|in the house|at my place|on my wifi & ~|but & @outside|away|elsewhere|outside",
        "~|how|want|make|still|timed out|time out|timeout|disconnected|nobody & @outside & @reach|@server|works|port & !no internet|pdf|file|internet stops|printer|localhost only|firewall off|cloud|ec2|vps|aws|wifi|checker",
        "port forward*|forwarded|forwarding & ~",
        "opened|open|forwarded & router & ~|but|still",
        "how|make & @server & public|on the internet|for the world|from outside|online",
      ],
    },
    container: {
      said: [
        "@docker & ~|shows nothing|nothing & @reach|port|localhost|network|browser|server & !build*|install*|image",
        "works|runs|fine|ok|answers & on my laptop|on my machine|on my computer|on the host|locally|outside|without docker & docker*|container|compose|pod & ~",
        "works|runs|fine|ok|answers & inside docker|inside a container|inside the container|in docker|in a container|in the container & from my laptop|from my machine|from my computer|from my|from the host|from outside|in the browser|in my browser & ~",
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
    hangs: {
      said: [
        "hang|hangs|hanging|stuck|freeze*|frozen|forever|never returns|never ends|never finishes|never continues|blocks|blocking|stalls|not responding|unresponsive & !firewall|my port|ufw|antivirus|after some minutes|minutes|idle|which program|install*|loop|button|menu|loading|printer*|install* & @server|client*|recv|accept|connect*|read|socket|window|gui|thread|it|page|request*|select|send*",
        "recv|accept|connect|read|program|script|client|server & waits|waiting|does nothing|nothing happens|never",
        "~ & @arrive|comes back & @message|client|server|anything|recv|send|sent & !udp|broadcast*|multicast|vpn|serial|second|another client|until|everything",
        "both|each & wait|waits|waiting & other",
        "how|stop|make & recv|accept|socket & block*|non-blocking|nonblocking|timeout",
      ],
    },
    "busy-port": {
      said: [
        "closed|stopped|ended|killed & port|address & still & listed|there|taken|used|busy|shown|in use",
        "port|address & busy|taken|occupied|in use|being used|already used|used by|is used|blocked by|kill|free up|free the|still running|still open|not available|not free|already on|hogged & !kill|which|what is|how do i see|find out|serial|com port|arduino|ttyusb*|com#|upload",
        "address|port & taken|busy|in use|already|used & !serial|com port|arduino|ttyusb*|com#|upload",
        "@start & again|twice|second time|two times|another copy|second copy|because & ~|refuse* & port|address|server|program|script|app|it",
        "server*|flask|django|uvicorn|instance|copy & already running|still running|still runs|keeps running|running twice|two times|twice|in the background & !forever|crash*",
        "two|both|same|several & @server|programs|servers|apps|processes & same port|one port|same number",
      ],
    },
    "whose-port": {
      said: [
        "what|which|who|whose|see|find|check|show|list|know|tell & using|uses|use|has|have|listening|listens|owns|occupies|on|running on|behind|blocks|blocking|open & my port|this port|a port|the port|port ####|port ##|port #####|on ####|on #####|open ports|ports are & !router|forward*|firewall|cable|monitor|plug|usb*|hdmi|ethernet|connector*|adapter|serial|com port|two|both",
        "kill|free|stop|end|close|release & process|program|whatever|service|app|what|thing|it & port & !in use|already|taken",
      ],
    },
    "wait-a-minute": {
      said: [
        "change|new|different|another & port & each time|every time|always|again & @start",
        "wait|waits|waiting|minute|60 seconds|30 seconds|some time|a while|immediately|right away|straight away|at once|right after & @start|use & again|restart*|after|before|rerun|until & server|program|script|port|socket|it|bind",
        "stop*|close*|ctrl c|ctrl-c|ctrl+c|exit*|quit & @start & again|minute|immediately|wait|right away|restart* & ~|only|wait|minute",
        "restart* & right after|immediately|right away|directly|quickly|too soon|fast & ~",
      ],
    },
    "time-wait": {
      said: [
        "time_wait|time wait|time-wait|close_wait|close wait|close-wait|fin_wait*|fin wait*|last_ack",
      ],
    },
    "one-ends-all": {
      said: [
        "program closes|program ends|program stops|script ends|script stops|app closes & @who & ctrl*|@end|presses|after|when & !only answer*|minutes|port",
        "@who|one person|one of them & @end & everybody|everyone|for all|all others|all clients|all users|all players|all of them|others|whole server|kills my server|kills the server|too & !only after|until|received|answer",
        "server crash*|server stop*|server die*|server end*|server exit*|server close*|server shut*|crashes my server|kills my server|takes the server down & @who|connection|first & @end|after|when|with & !only|answer*|minutes|clients & !until",
      ],
    },
    "late-answer": {
      said: [
        "@arrive|shows|prints|appears|message*|data & only|until|not until|before|unless & close|closes|closed|exit|exits|end|ends|stop|stops|ctrl*|quit & @message|anything|it & !crash*|dies",
      ],
    },
    glued: {
      said: [
        "messages|packets|sends|strings|commands|both messages|two messages|them & glued|stick|stuck together|merge*|joined|together|as one|combined|concatenated|mixed|same recv|one recv|single recv|at once|one string",
        "how|know|where|separate|split|mark|find & message* & ends|end|begin*|separate*|apart|boundar*|delimit*|one message",
        "json & broken|invalid|error|fails|two|extra data|sometimes|half|parse & socket|recv|tcp|connection|network",
      ],
    },
    "cut-off": {
      said: [
        "file|files|image*|download*|message* & stops at|ends at|only the first|never more than & kb|bytes|64|1024|4096|8192|65536",
        "@message|recv|received|download & cut|truncated|half|part|partial*|incomplete|not all|not complete|first 1024|only 1024|missing|chopped|corrupted|broken up|smaller|too small|too short|shorter|everything|losing|lost bytes & @arrive|send*|sent|recv|socket|tcp|transfer*|download*|upload*|bytes|1024|original|arrive*|server|client|network & !box|css|column|screen",
        "how|send|transfer & file|files|image*|picture*|photo*|large|big & socket|tcp|python|recv|client|network & !udp",
      ],
    },
    "one-client": {
      said: [
        "works|fine|ok & until|but|only & @many & @who|connection* & connect*|join*|comes|talk*|log in",
        "@many|only one|single|one at a time & @who|connection* & !second message|message*|packet*|monitor*|twice|reply twice & wait|waits|only|at a time|at the same time|simultaneously|same time|until|blocked|blocks|ignored|queue|~",
        "how|handle|serve|support|accept|allow|want & @many & @who|connection*",
        "only one & @who & @reach|@server|chat",
      ],
    },
    spins: {
      said: [
        "100 %|100%|cpu|infinite loop|endless loop|endlessly|spins|spinning|goes crazy|loops forever|all the time & @who|recv|@end|socket|server|loop",
        "recv|receives|received|receive|prints|get|getting|gets|returns|returning|returned & b''|empty string*|empty bytes|empty data|empty message*|nothing|blank & @end|again|keeps|loop|all the time|always|returns|returning|constantly",
      ],
    },
    gone: {
      said: [
        "~|how|still|thinks & notice*|detect*|realise|realize|know|knows|find out|recognise|recognize|tell|check|thinks|believes|shows & gone|left|disconnect*|unplug*|cable|died|dead|crashed|lost|wifi off|offline|online|still connected|still there|alive & !messages|data|package*|file",
      ],
      words: [
        "missed heartbeat*", "heartbeat timeout", "heartbeat missed",
      ],
    },
    "unopened-websocket": {
      said: [
        "websocket*|wss & connect|open|opens & ~",
      ],
    },
    "quiet-websocket": {
      said: [
        "websocket*|web socket|wss|socket.io & drop|drops|dropped|dies|died|disconnect*|close*|closing|lost|stops|timeout*|time out|times out & idle|second*|60 s|60s|minute*|hour|a while|some time|pause|overnight|inactivity|inactive|quiet|silence|timeout|nginx|proxy|load balancer|~|every",
      ],
    },
    quiet: {
      said: [
        "laptop|computer|pc|phone & lid|sleep*|hibernat*|suspend*|wakes|woke & connection*|socket|session*|client & gone|dead|lost|broken|closed|drop*",
        "connection*|socket|ssh|session*|client|stream|telnet & drop|drops|dropped|dies|died|disconnects|disconnected|closes|closed|lost|stops|dead|freezes|hangs|broken|gone & idle|minute*|hour|hours|a while|some time|pause|overnight|inactivity|inactive|quiet|sleep*|wakes|woke|suspend*|standby|without typing|doing nothing|every night",
      ],
    },
    "by-number": {
      said: [
        "works|work|fine|ok|reach*|open*|connect*|only & ip|ip address|number|address|1.1.1.1|8.8.8.8|192.168* & ~|but|only & name|hostname|host name|domain|url|dns|internet & !phone|another|localhost|127.0.0.1",
        "ping* & ip|8.8.8.8|1.1.1.1|number & ~|but|only & name|hostname|host name|domain|google.com|website*|browse|dns",
        "hostname|host name|domain|dns|name & ~ & resolve*|resolving|found|known|look up|lookup|dns|work*|network",
      ],
    },
    "ping-works": {
      said: [
        "ping*|pings|pingable & but|port|connect*|service|server|~ & port|connect*|service|ssh|http|open|telnet|curl|reach*|server|browser|answer*|works",
      ],
    },
    checker: {
      said: [
        "port checker|canyouseeme|can you see me|portchecker|yougetsignal|port scan*|nmap|online check*|online tool|checker|port test* & closed|filtered|~|not open|timed out|refused|error",
        "open*|opened|allowed|firewall|forwarded|rule|ufw & port & still|but|says|although|shows & closed|filtered|not open",
        "port & still|says|shows|shown as|appears|although & closed|filtered|not open & !i closed|i have closed|closed the|closed my",
      ],
    },
    cloud: {
      said: [
        "ec2|aws|azure|gcp|google cloud|digitalocean|digital ocean|droplet|vps|linode|hetzner|lightsail|oracle cloud|cloud|remote server|my server online|render.com|heroku & ~|times out|timeout|refused|timed out|hangs|how & @reach|port|url|outside|ssh",
      ],
    },
    "who-calls": {
      said: [
        "@who|caller*|everybody|everyone|all|remote & same|127.0.0.1|172.17*|172.18*|172.*|10.0.*|real|wrong|proxy's|router's|nginx|proxy & ip|address*|from & !connect*|reach*|open|refused|forward*",
        "real|original|true|actual & ip|address & @who|caller*|proxy|nginx|docker|behind|header|log*",
      ],
    },
    wireshark: {
      said: [
        "wireshark|tcpdump|packet capture|sniffer|capture & ~|nothing|empty|no packets|loopback|localhost|127.0.0.1",
      ],
    },
    vpn: {
      said: [
        "vpn|wireguard|openvpn|tailscale|tunnel & ~|only|but|stops|slow|drops|different|while & with|without|on|off|when|while|connects|connected|works|reach*|access|internet|local|behind|over & !handshake",
      ],
    },
    "silent-vpn": {
      said: [
        "wireguard|openvpn|vpn & handshake|~ & handshake|connect|connects|come up|comes up|establish* & !local|internet|printer|while|when|with the vpn",
      ],
      words: [
        "handshake for peer * did not complete", "tls key negotiation failed to occur", "handshake did not complete after",
        "server poll timeout", "vpn * no response", "gateway * not responding", "no response from the vpn",
        "remote server is not responding",
      ],
    },
    emulator: {
      said: [
        "emulator|android studio|simulator|avd|expo|react native|flutter & ~|localhost|127.0.0.1|refused & connect*|reach*|server|localhost|backend|api|fetch|request*|network",
      ],
      words: [
        "failed to connect to /127.0.0.1", "failed to connect to localhost/127.0.0.1", "failed to connect to /10.0.2.2",
      ],
    },
    cleartext: {
      words: [
        "cleartext", "err_cleartext_not_permitted", "app transport security", "nsurlerrordomain & -1022",
      ],
    },
    "connects-then-nothing": {
      said: [
        "connect*|accepts|accepted|connection established & but|then|and & nothing|never|no answer|no reply|no response|no data|silence|does nothing & happens|comes|come|answer*|reply|response|data|arrive*|receive*|prints|sent|sends & !second|another client|other client*|two|multiple|until|only one|browser|udp|serial|firewall",
      ],
    },
    "small-and-late": {
      said: [
        "small|short|tiny|little|each message|every message|key press|game|40 ms|40ms|200 ms|200ms & slow|slowly|late|latency|delay*|lag|laggy",
      ],
    },
    "slow-name": {
      said: [
        "connect*|lookup|dns|resolve*|first request|request*|localhost & slow|slowly|seconds|long time|delay|ages|sec & !minutes|fails|idle|every 60|disconnect*",
      ],
    },
    "lost-datagrams": {
      said: [
        "udp|datagram*|sendto|recvfrom|broadcast*|multicast & ~|lost|lose|loses|losing|missing|drop|dropped|arrive*|some|nothing",
      ],
    },
    memory: {
      said: [
        "memory|ram|oom|buffer|queue & grow|grows|growing|leak|leaks|increase*|increasing|full|fills|eats|explodes|slow client*",
      ],
    },
    "will-not-stop": {
      said: [
        "ctrl-c|ctrl+c|ctrl c|control-c|stop|quit|shut down|terminate|exit & ~ & server|program|script|it|work|works & !again|wait|minute|restart",
        "how|cannot & stop|end|exit|quit|terminate|shut down & @server & !port|crash*|client*|blocking|waiting|recv|firewall",
      ],
    },
    localhost: {
      said: [
        "localhost & 127.0.0.1 & ~|works|but|instead|different|difference & !192.168.*|phone|another",
      ],
    },
    "not-secure": {
      said: [
        "browser|chrome|firefox|safari|site|page|warning & not secure|insecure|not private|isn't private|untrusted|security warning|certificate*|wrong certificate",
        "https & ~|warning & !port|root|sudo|listen",
        "certificate*|cert|ssl|tls & expired|expire|invalid|self-signed|self signed|untrusted|not trusted|warning|wrong|error|~",
      ],
    },
    "serial-denied": {
      said: [
        "serial|com port|com#|ttyusb*|ttyacm*|arduino|esp32|esp8266|usb device & permission*|denied|access|busy|in use|used by another & !show*|appear*|found|missing|detect*|recogni*|reach*",
      ],
      words: [
        "/dev/tty* & permission denied", "permission denied & serial port", "/dev/cu* & resource busy", "/dev/tty* & resource busy",
        "'com# & access is denied", "'com## & access is denied", "com# & access denied", "com## & access denied",
        "com# & permissionerror", "com# & port is busy", "access to the port 'com", "access to the path 'com",
        "cannot lock port", "error opening serial port & busy", "opening com# & access denied",
      ],
    },
    "serial-missing": {
      said: [
        "arduino|esp32|esp8266|serial|com port|com#|com##|microcontroller|raspberry pi pico|usb to serial|usb-serial|board & ~|missing|greyed out|disappear* & show*|appear*|port|found|detect*|list*|recognis*|recogniz*|see|menu|choose|select",
      ],
      words: [
        "/dev/tty* & no such file or directory", "/dev/cu* & no such file or directory",
        "could not open port 'com & filenotfounderror", "could not open port 'com & cannot find the file",
        "port com# does not exist", "no serial port", "serial port not found", "serial port * not found",
        "serial port com# not found", "no serial data received", "failed to connect to esp*", "not in sync: resp=",
        "port not found", "no ports found",
      ],
    },
    "serial-garbage": {
      said: [
        "serial*|uart|com port|arduino|rs232|rs-232|baud & garbage|garbled|strange|weird|random|wrong|gibberish|question marks|symbols|unreadable|characters|nonsense",
      ],
    },
    "unplugged-serial": {
      words: [
        "port that is not open",
        "port is not open",
        "port not open",
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
        "rc=-#", "rc = -#", "mqtt*rc=", "mqtt*failed", "mqtt_err_no_conn", "mqtt_err_conn_lost", "mqtt & connection lost",
        "socket error on client", "bad socket read/write on client", "client * has exceeded timeout",
        "mqtt connect return code",
      ],
    },
    "half-address": {
      words: [
        "missing port in address", "too many colons in address", "unsupported protocol scheme", "first path segment in url cannot contain colon",
      ],
    },
    scanned: {
      said: [
        "check|test|see if|find out if|know if|how & port & open|closed|reachable|listening & another|other|remote|machine|server|host|computer|is & !who|which program|process|using|make|let|allow|firewall|router|forward*",
      ],
      words: [
        "/tcp filtered", "/tcp closed", "/tcp open", "/udp open", "/udp closed", "open|filtered", "tcp filtered", "udp filtered",
      ],
    },
    "no-address": {
      said: [
        "0.0.0.0 & browser|open*|visit*|type|typed|connect*|go to|reach*|call*|page & ~",
        "what|difference|why & 0.0.0.0",
      ],
    },
    once: {
      said: [
        "only|just|once & one|first|once|single & request*|message*|answer*|reply|response|client & then|stops|ends|exits|quits|not the second|after that",
        "works & once|first time|one time & ~|but|only|then & second|again|after|next|more",
        "first message|first request|first one & but|~ & second|next|others|again & !until|second client|another client",
      ],
    },
    "usb-c-picture": {
      said: [
        "usb c|usb-c|usbc|type c|type-c & displayport|hdmi|vga|dvi|monitor*|screen*|display*|picture|video|tv|projector|beamer|image",
      ],
    },
    firewall: {
      said: [
        "antivirus|virus scanner|defender|firewall & stops|blocks|prevents|kills|complains|asks",
        "firewall|ufw|iptables|nftables|defender|antivirus & off|disable*|turn*|block*|blocks|blocked|open|allow|works|rule|how",
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
        "access to localhost was denied", "access to 127.0.0.1 was denied", "authorization to view this page & localhost",
        "authorisation to view this page & localhost", "authorization to view this page & 127.0.0.1", "airtunes", "localhost:5000 & 403", "127.0.0.1:5000 & 403",
        "localhost & 403 & mac*", "localhost & 403 & browser", "localhost & 403 & chrome", "localhost & 403 & safari", "localhost:7000 & 403", "127.0.0.1:7000 & 403",
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
        "partially initialized module", "consider renaming", "has the same name as the standard library module", "'socket' is not a package",
        "'ssl' is not a package", "'http' is not a package", "'asyncio' is not a package", "'email' is not a package", "'json' is not a package",
        "'queue' has no attribute", "'threading' has no attribute 'thread'", "'threading' has no attribute 'lock'", "'json' has no attribute", "'struct' has no attribute",
        "cannot import name * from 'queue'", "cannot import name * from 'threading'", "cannot import name * from 'json'", "cannot import name * from 'struct'",
      ],
    },
    "low-port": {
      said: [
        "port 80|port 443|port 22|port 25|port 53|low port|port ##|port ### & root|sudo|admin*|permission*|denied|without root|privilege* & !router|forward*|ssh key",
      ],
    },
    leak: {
      said: [
        "more and more|keeps opening|never closed|too many & sockets|connections|files|descriptors|file handles & !time_wait|time wait|time-wait|close_wait|close wait|close-wait",
        "after & hours|days|1000|clients|while|connections|some time & server|accept*|program & stops|no more|not accept*|refuses|accepts no|dies|until & !idle|typing|one client|crash*",
      ],
    },
    "refused-so": {
      said: [
        "refuse*|refusing|turn* me away|turned me away|turned away|rejects|rejected|refused & connect*|connection|server|computer|machine|it|immediately|at once & !password|login|key|docker*|container*",
      ],
    },
    "too-slow": {
      said: [
        "timeout*|time out|times out|timed out|timing out",
        "takes forever|takes ages|takes very long|long time|forever|loading|keeps loading|spinning & connect*|connection|request*|fails|page|server|site & !recv|receive|stuck|waits",
      ],
    },
    "broke-off": {
      said: [
        "disconnect*|kicks|kicked|drops|drop & wifi|random*|sometimes|suddenly|now and then|every now & player*|client*|user*|game|connection*|websocket*|bot",
        "connection|server|other side|other end|it|host|download|upload & drop|drops|dropped|hangs up|hung up|kicks|kicked|disconnects|breaks|broke|aborts|cut|cuts|closes on me|closed on me & me|middle|during|immediately|right away|download|upload|after connecting|sudden*|randomly & !idle|minute*|hour*|everyone|everybody",
      ],
    },
    "as-bytes": {
      said: [
        "send|sending|sent|transmit & string|str|text|number|integer|int|list|dict|object & socket|tcp|udp|client|server|~|how & !file|half|part|arrive*|glued|json is",
      ],
    },
    plug: {
      said: [
        "plug|plugs|cable*|which connector|what connector|connectors|adapter|usb*|hdmi|displayport|jack|charge*|ethernet|rj45|vga|monitor|headphone*|socket in the wall & fit|fits|which|what|find|shape|name|called|looks|need|~ & !serial|arduino|esp32|esp8266|com port|ttyusb*|server|client*|recv|pulled|unplug*|pull|libusb|driver",
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
        "can't establish a connection to the server at ws", "server rejected websocket connection",
      ],
    },
    "other-fetch": {
      words: [
        "failed to fetch", "networkerror when attempting to fetch", "typeerror: load failed", "axioserror: network error",
        "error: network error",
      ],
    },
    "other-runtime": {
      words: [
        "no reactor running", "must be called from the context of a tokio", "cannot start a runtime from within a runtime",
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
        "authentication failed", "permission denied (publickey", "permission denied, please try again",
        "access denied for user", "noauth", "wrongpass", "login failed for user", "invalid password",
        "no pg_hba.conf entry", "host key verification failed", "bad permissions", "permissions are too open",
        "remote host identification has changed", "authenticationerror", "pull access denied",
      ],
    },
    "other-database": {
      words: [
        "relation * does not exist", "no such table", "syntax error at or near", "in your sql syntax",
        "duplicate key value", "unique constraint failed", "column * does not exist", "unknown database",
        "database * does not exist", "role * does not exist", "lock wait timeout", "deadlock found", "deadlock detected",
        "database is locked", "integrityerror", "programmingerror", "foreign key constraint", "sqlstate[42",
        "too many connections",
      ],
    },
    "other-files": {
      words: [
        "filenotfounderror", "fileexistserror", "notadirectoryerror",
        "permissionerror: [errno 1] operation not permitted: '", "no such file or directory", "no space left on device",
        "not a directory", "directory not empty", "file name too long", "too many levels of symbolic links",
        "disk quota exceeded", "read-only file system", "enoent", "err! path", "winerror 2]", "winerror 3]", "winerror 5]",
        "winerror 32]", "cannot find the file", "being used by another process", "templatenotfound", "templatedoesnotexist",
        "no data available", "oserror: [errno 22] invalid argument: '", "permission denied",
      ],
    },
    "other-missing": {
      words: [
        "modulenotfounderror", "importerror", "no module named", "cannot import name", "cannot find module",
        "module not found", "command not found", "sh: * not found", "is not recognized as", "err_module_not_found",
        "classnotfoundexception", "noclassdeffounderror", "no matching distribution found",
        "could not find a version that satisfies", "executable file not found", "cannot find package", "manifest unknown",
        "unable to find image",
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
      said: [
        "works|work|fine & ssh|ping|ftp|telnet|https & ~|but & http*|website|web server|port|browser",
        "connect*|connection*|reach*|link & ~|error|lost|problem|trouble|issue|wrong|fails",
      ],
      words: [
        "err_connect_fail",
        "unable to connect", "possible to connect", "unabletoconnect", "can't contact", "cannot contact", "xhr poll error", "failed to connect", "unable to connect", "could not connect", "cannot connect", "can't connect",
        "couldn't connect", "connection failed", "connection error", "connect error", "connectexception",
        "connection could not be established", "connectionerror", "connect failed", "connecterror", "connectionfailed",
        "failed to establish", "no connection to", "not reachable", "server is not responding", "unable to reach",
      ],
      last: true,
    },
  },
};
