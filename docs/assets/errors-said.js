// What readers say in their own words, by the name of the answer in docs/data/answers.toml: sentences, one a line, in small
// letters. To teach the field a new way to say something, add a sentence; errors-meaning.js weighs them. `topic` are questions
// that the search answers, and `else` is what has to do with neither sockets nor ports.
"use strict";
window.sockSaid = {
  kinds: {
    "@elsewhere": "phone mobile smartphone handy tablet ipad iphone android raspberry raspi rpi pi esp32 esp8266 nodemcu"
      + " desktop tv colleague coworker classmate roommate lan network device devices machine machines vm wsl xbox"
      + " console kindle wife husband mom mum dad brother sister flat pupils students family neighbour neighbor guest",
    "@pc": "pc computer laptop macbook mac machine notebook desktop computers pcs",
    "@outside": "friend friends outside internet public city abroad house home router world forward forwarded forwarding isp"
      + " provider country mobile travelling remotely work school grandma abroad town village holiday",
    "@other": "other another different second third others next 2nd 3rd two several multiple many more",
    "@docker": "docker container containers compose podman kubernetes k8s pod dockerfile containerized containerised"
      + " dockerized dockerised",
    "@server": "server servers app application backend api service flask django node express uvicorn fastapi program script"
      + " programme site website page webpage game minecraft apache nginx",
    "@client": "client clients user users player players visitor visitors person people somebody someone customer guest"
      + " tester browser tab",
    "@browser": "browser chrome firefox safari edge curl postman",
    "@reach": "reach connect connects connecting open opens access load loads see sees visit join joins call find finds"
      + " talk show shows reachable visible connected join enter view unreachable available accessible contact",
    "@neg": "not no never cannot cant can't don't doesn't dont doesnt isnt isn't arent aren't wont won't nobody nothing"
      + " none without fails fail failed failing unable didn't didnt nope neither impossible refuses wouldn't"
      + " couldn't nowhere",
    "@hang": "hang hangs hanging hung stuck freeze freezes freezing frozen forever block blocks blocking blocked stands"
      + " still waits wait waiting stall stalls stalled endless sits unresponsive silent silence sit",
    "@end": "close closes closed closing leave leaves leaving left quit quits exit exits disconnect disconnects"
      + " disconnected gone crash crashes crashed die dies died stop stops stopped end ends ended drop drops dropped"
      + " lost lose kicked kicks kick aborts cut cuts breaks broken broke dead thrown kill killed kills terminates"
      + " hangup goes away fell falls off",
    "@again": "again restart restarted restarting restarts rerun twice second relaunch anew",
    "@start": "start starts started starting run runs running launch launches",
    "@busy": "busy taken occupied used use uses using holds hold blocked already reserved old running",
    "@message": "message messages msg data file files image picture photo text json string strings bytes byte packet packets"
      + " line lines number numbers values commands command content html video mp3 zip dict list tuple object",
    "@arrive": "arrive arrives arrived arriving come comes coming receive receives received receiving recv got gets get"
      + " obtain recieved recieve recieves reads recvfrom",
    "@send": "send sends sent sending write writes transmit sendall transfer upload transferred sendto",
    "@part": "half part parts piece pieces partial partially incomplete truncated smaller missing rest only shorter cut"
      + " chopped short fragment fragments early few",
    "@glue": "together glued stick sticks stuck merge merged joined concatenated one combined single",
    "@slow": "slow slowly slower delay delayed delays late lag lags latency seconds takes long ages sluggish 40ms ms sec"
      + " secs while pause bursts laggy",
    "@sometimes": "sometimes random randomly occasionally times every rarely intermittent intermittently",
    "@time": "minute minutes min mins second seconds hour hours night overnight day days while pause sleep sleeping idle"
      + " inactivity inactive lid standby hibernate weekend lunch sec secs",
    "@db": "database db postgres postgresql mysql mariadb redis mongo mongodb sql",
    "@serial": "serial com arduino uart ttyusb0 ttyacm0 com3 com4 rs232 ttyusb comport ttyacm putty baud",
    "@screen": "monitor screen display tv projector beamer picture video image",
    "@video": "hdmi displayport dvi vga mini-dp",
    "@charge": "charge charges charging charger power watts battery",
    "@name": "name names hostname dns domain url named",
    "@ip": "ip address adress addresses number",
    "@cert": "certificate certificates cert ssl tls https secure",
    "@tool": "pip git npm python requests curl wget conda script download",
    "@cable": "cable cables cord wire lead",
    "@plug": "plug plugs connector connectors jack hole holes adapter plugged adaptor dongle",
    "@refused": "refused refuses refuse rejected rejects denied turned",
    "@timeout": "timeout timed timeouts",
    "@empty": "empty b'' zero 0 blank nothing",
    "@works": "works work worked working fine ok okay opens",
    "@cloud": "aws ec2 azure gcp droplet vps cloud heroku hetzner linode instance amazon hosting hosted lightsail",
    "@usb": "usb usbc thumbdrive stick",
    "@explain": "explain whatis howdoes whydo difference means mean invented tutorial example learn beginners better",
    "@foreign": "html css excel word powerpoint photoshop gimp regex array dictionary dict tuple pandas numpy matplotlib"
      + " pygame component javascript typescript formula homework essay exercise recipe printer paper pdf font column"
      + " table row query join sort bold color colour recursion compiler variable function class method element"
      + " instagram youtube netflix spotify password bluetooth latex pixel sprite branch commit rename merge"
      + " screenshot account",
    "@none": "nothing anything any",
    "@garbage": "garbage weird strange gibberish symbols garbled letters characters unreadable nonsense",
  },
  none: "a an the my i it is are am was were be been being to of in on at and or with that this for me we you he she"
      + " its his her our your do does did have has had there as so by just if then than very really please some any"
      + " them they their into can could should will would want need try tried also too here when i'm it's im",
  said: {
    elsewhere: `
my server works on my laptop but not from my phone
my friend on the same wifi cannot open my page
other computers in my network can't connect, only this one can
it opens in the browser here but on the tablet it does not load
from the other pc it says the site can't be reached, on my own it works
i can reach it with localhost but not with 192.168.1.20
only works on the machine where it runs
how do i open my localhost website on my mobile
raspberry pi can't reach my computer
server on the raspberry, i can't see it from my desktop pc
esp32 cannot connect to the server on my pc
how can a colleague in the office use my app
how do i share my local server with others in the lan
how do i find my ip so that other people can connect to me
smart tv does not find the server on my computer
connection refused from another machine but not from the same machine
my virtual machine cannot reach the server on the host
from windows i can't reach the server in wsl
client on a second laptop times out, on the same laptop it works
works locally but not over the network
mum can't see my page from her laptop on the same router
everyone else in the office gets an error, i don't
from another laptop the page isn't there
my phone shows a white page, the pc shows the site
i typed the ip of my computer into the phone and nothing
server not reachable over wifi but over localhost yes
works in chrome on the server, not from any other device
my pc can't open the page that the pi serves
game on my desktop, my brother on the same network can't find it
how do other devices in my house see my server
flask only answers on 127.0.0.1
runserver is only reachable from this computer
what must i type on the other computer to reach my server
flask works on my laptop but not from my phone
the site opens on my pc but my tablet says it can't be reached
my raspberry pi can't reach the api running on my macbook
nothing happens when i open 192.168.1.5:5000 in the phone browser
how can my phone connect to the flask app on my pc
esp32 can't reach my computer's web server
other people on the wifi cannot open my site
how do i make my local website visible to other computers at home
only i can see my django page, my colleague can't
access my localhost from my phone
my friend on the same network gets nothing when he types my ip
server reachable from the same machine only
how to let others in my network use my server
raspberry cannot connect to the socket server on my laptop
works on 127.0.0.1 but not on 192.168.1.5
my website is only reachable on my own computer
how can i talk to my server from my smartphone
nothing shows up in the browser when i enter the address of my pi
nodemcu cannot post to my laptop
my server works on my laptop but my phone can't open it
it says refused when i connect from another pc but not from the same pc
how do i know my own ip so that others can connect
can't see my raspberry's web page from my laptop
page opens on this pc, on my ipad only white screen and "server not responding"
i wrote a flask site, my mom cant see it from her laptop, same router
only on my own computer i can open the dashboard, the others at the company get nothing
how can i open the page of my laptop from the tv
laptop shows the page, my wife's phone only spins
ran python -m http.server, how do i see it on my kindle
vm on the same host can't reach my windows service
site visible on server itself, colleagues see 'unable to connect'
how i give link of my flask to someone in same flat`,
    "at-home": `
my friend in another city can't join my game server
people outside my house can't connect to my server
how do i reach my home computer from work
it works at home over wifi but not with mobile data
port forwarding does not work
i forwarded the port in my router and still nobody gets in
my public ip does not answer
how do i put my server on the internet
is my port reachable from the internet
nobody outside my network can see my website
my provider gives me no public address, how can others connect
minecraft server, friends over the internet get timed out
i can connect in the lan but not from outside over my domain
dyndns name does not reach my nas from abroad
my buddy in another country wants to connect to my pc
friend far away gets timed out at my ip
public ip shows the page of the router
from the internet my port is dead
server at home should be reachable for everybody
works in my network, from mobile data it does not
opened the port in the router but friends still can't join
from my office i can't reach my home server
no port forwarding possible, cgnat
my friend can't connect to my server from his house
my minecraft server is not visible to my friends
how can my friend from another city connect to my server
i want people on the internet to reach my server at home
port forwarding doesn't work
my minecraft server works in my house but friends can't join
opened the port on my router but still nobody can connect
friends get disconnected or time out when they join my server
how do i make my server public
the website of my nas opens at home but not when i'm travelling
friends outside my house can't join my game server
valheim server shows up but friends get 'disconnected'
friend in other city cant connect to my game server
my public ip shows router page and not my server
want my buddy in france to connect to my pc
i want to show my site to a friend who lives somewhere else
i'd like my grandma in another town to see my photo server
how can people out of my wifi play with me`,
    container: `
the app runs in docker but i can't open it
my container is up and i can't reach it from the browser
works on my machine and not in docker
docker port mapping does nothing
inside the container curl works, outside it does not
flask in docker gives empty response
browser says connection was reset when i open my docker app
how do i get to a service inside of docker from my laptop
i exposed the port in the dockerfile and still nothing
kubernetes service not reachable from outside
docker compose up and the page stays blank in the browser
nginx in docker and the host gets connection reset
dockerized app empty reply
curl to the container port: empty reply from server
published port of docker doesn't answer
docker says running but nothing on the port
i mapped 8080 to 80 and it doesn't load
flask works on my laptop but not in docker
works inside docker but from my laptop i can't reach it
i can't reach flask in docker from my laptop
the api works on the host, and in the container nothing answers
my app runs in docker but i can't open it in the browser
docker postgres not reachable from my python script on the host
the docker website runs but browser shows nothing on localhost:3000
flask in docker, browser says connection was reset / empty response
nginx in docker, host gets connection reset
works fine with python app.py, not when i docker run it
uvicorn in container, browser: this page isn't working, didn't send any data
cannot open my containerized website`,
    "container-to-host": `
how do i connect from inside a container to the database on my pc
my app in docker can't find postgres at localhost
container can't talk to another container
two docker containers don't see each other
connection refused between containers in docker compose
from docker to a server running on the host
web service in compose cannot reach the db service
localhost inside docker does not work
my api container can't see the other container by name
docker app cannot connect to redis
the container wants to call my local api
pod cannot reach mysql in kubernetes
backend container can't find host db
from the container curl localhost fails
service a cannot reach service b in compose
localhost in the container is refused
how can a container call my laptop
container can't reach postgres on the host
from inside docker i can't reach postgres on my laptop
container can't see my local server
docker compose app can't reach postgres localhost
in compose my django app cannot connect to the db at 127.0.0.1:5432
flask container can't talk to redis on localhost
docker compose api can't connect to mysql
my container can't find the database at localhost
two containers can't reach each other through localhost, the database says nothing
from a kubernetes pod localhost:6379 is unreachable
my docker app can't find the database on my machine
node app in docker compose cannot reach redis on localhost
my backend in docker can't talk to mysql in another container
how do i reach postgres on my pc from inside a docker container
backend container says cant find host db
from the container curl localhost:3000 fails
two services in compose, one says unknown host or refused when calling localhost
django in compose can't open the postgres on 127.0.0.1
app container to db container: cannot connect`,
    hangs: `
it just hangs
my program freezes and never comes back
the client waits forever for the answer
recv never returns
server and client both wait
script stays stuck at accept and does nothing
no error, it only stands still
nothing happens and the cursor blinks
program blocks at read
the window of my gui is frozen while it receives
stuck, no output, i have to kill it
client hangs after sending
deadlock between client and server
how do i read from a socket without blocking
how do i put a timeout on recv
client sits there and waits
silent on both sides
nothing happens at all, no error
program doesn't continue after recv
it never gets past accept
my script hangs when i run the client
app freezes while reading from the socket
nobody says anything, client and server wait
the script just blinks and waits for ever
how do i stop waiting after five seconds
recv blocks my whole program
after sendall the client stays there and does nothing
the program just hangs at recv and prints nothing
my script freezes on accept
tkinter window freezes while waiting for the server
my client waits forever
server stuck at accept
the program stops at recv and never continues
nothing happens after connect
both programs wait for each other
gui not responding while it receives data
how do i stop recv from blocking
my program just hangs when it reads from the socket
client program blocks when the server sends nothing
the client can send but never receives
it just hangs when i run the client
client.recv just sits there
both sides silent, nobody says anything
python socket recv waiting and waiting
after sendall client stays there without doing anything
no exception, no output, just sitting at conn.recv(1024)
client is waiting for reply that never comes
my code gets to recv and thats it`,
    "busy-port": `
port is busy
port already taken
the second time i run it says the address is used
i can't start the server a second time
it says that somebody already listens on this port
i restart the program and get address in use
old process still holds the port
can't bind, something else has the port
i stopped the server and the port is still occupied
two servers on the same port
server already running but i closed the terminal
8080 is occupied
port is allocated
can't run the app again, port in use
port in use although i closed everything
the port is blocked by an old run
start fails because the address is taken
something is already running on my port
second instance cannot bind
vscode stopped but the port stays taken
port 3000 is used and i don't know why
eaddrinuse after closing the window
bind fails because i have an old one open
the old program is still open and has the port
i closed my server and can't start it again, it says port is busy
port 3000 already in use kill it
i started my python server twice and now it won't start
old server keeps running after i closed the terminal
address already used though nothing runs
can't start flask because something is already on port 5000
my server is still running in the background
server refuses to start second time
two programs want the same port
what happens if two programs listen on the same port
can two servers use the same port
i closed the socket but the port is still listed
how can i run two websites on one computer
the second terminal says address already in use
second run says port busy
cannot run app again port is allocated or something
8080 is occupied by i dont know what
it complains that port 8000 was taken from a process before
it's telling me the address is taken even after reboot of the ide
when i press run again the server won't bind
bind says no because i have old one open`,
    "whose-port": `
which program uses port 8080
how do i find what listens on a port
kill the process on port 3000
how to free a port
i can't kill the program that uses port 5000
see all open ports on my machine
who is using my port
what is running on port 80
how do i close an open port
who sits on port 8080
what occupies port 3306
find the pid for a port
stop whatever listens on 8000
list listening programs
i want to know which program has opened a port
netstat shows a port open and i don't know what it is
how do i see what is using port 8080
find out which process listens on port 3000
which program blocks my port
list open ports on my computer
kill the thing on port 8000
what do i type to see who is listening on 5432
cant kill the program that use port 3000
want to know what program opened 49152
netstat shows 135 open, what is that
what runs on 3306`,
    "wait-a-minute": `
i have to wait a minute before the server starts again
after ctrl c i must wait until the port is free
restart directly after stopping fails, a minute later it works
every time i restart i need another port number
bind works again only after some time
address in use right after i stopped it, then it goes away by itself
how do i reuse the address at once
after a restart i can't bind for about a minute
port is free only after a minute
i must change the port at each run
after i stop my program with ctrl c i have to wait a minute before i can start it again
cannot restart my server right after stopping it
bind fails after restart until i wait
why do i have to change the port each time i restart my program
python socket doesn't free the port after ctrl-c
need to wait before i can start it again`,
    "time-wait": `
thousands of time_wait in netstat
many close_wait connections
sockets stay in fin_wait
what is time wait
lots of connections hang in close_wait and don't go away
too many time_wait connections on my server
netstat shows hundreds of close_wait`,
    "one-ends-all": `
when one client leaves the server stops for all
server crashes if a client disconnects
one player quits and everybody is thrown out
my server dies when somebody closes the browser
client closes its window and the server ends with an error
one bad client brings my whole server down
connection reset by one user kills the program
server ends with an exception after the client is gone
if a user closes the app the whole server goes down
server stops when the client crashes
one disconnect and my server is dead
exception in server when client vanishes
client ctrl c kills server
broken pipe ends my server when someone leaves
chat closes for everybody when one person quits
server crashes when a client closes the window
one user leaves and everyone gets kicked
my server dies with the first client
program closes when client presses ctrl c
server crashes when the client closes the window
if user closes app my whole server goes down
whole chat is down as soon as one of them closes his window
closing one browser tab kills the server process
somebody leaves, all others get disconnected`,
    "late-answer": `
data arrives only when i close the socket
the other side gets it only after my program ends
nothing is shown until the connection is closed
server prints the message after the client exits
the output comes all at the end, when i stop the sender
readline waits although i have sent something
message does not arrive until i send another one
client gets the reply only when the server stops
i forgot newline and the reader waits
reply appears only when i press ctrl c
server shows everything at once when the client quits
text is delivered after i close the program
print comes only when connection ends
my message stays somewhere until close
the server gets the data only when the client closes
client only gets the answer after the server closes
send works but the other side gets it only when i close
reply shows up not before i press ctrl c on the server
child process output over socket comes only at the very end
python client prints everything only once server is closed
text printed only after socket closed`,
    loading: `
my own web server sends the page but the browser keeps loading
browser shows my html and keeps spinning
the page is shown but the browser goes on loading
browser keeps loading after my server sent the html
http response from my socket server never finishes in the browser
my python http server answers and chrome still loads
loading circle in the tab does not stop with my own server
browser waits forever although i sent the html
page from my socket server is cut off at the end
content-length is wrong and the page is cut
response sent but the browser tab keeps spinning`,
    glued: `
two messages arrive together as one
several messages come in one recv
messages stick together
how do i know where one message ends and the next begins
json objects run into each other
how to separate messages
my numbers are joined when i receive them
sends are merged
how do i send two values over tcp and read them apart
parser gets extra data because two packets came at once
json from the socket is sometimes invalid
i send hello and then world and receive helloworld
first and second message are in one string
received data contains two commands
server reads two lines as one
how do i split what i receive
several sends, one recv
messages are mixed together
server gets half of one word and later the rest together with the next
sometimes two messages arrive glued together
my json is sometimes broken when it comes over the socket
sometimes two messages come together
messages run together
how do i separate messages on a socket
how do i know where a message ends
two messages arrive glued together
two messages arrive glued together as one
i send hello and world and receive helloworld
server gets "helloho" and later "w are you"
i call send three times and the other side prints it as one line
messages arrive as one long string`,
    "cut-off": `
only half of the message comes
i get only the first 1024 bytes
the file arrives smaller than it was
received image is incomplete
the rest of the data is missing
long texts are cut off
recv returns only a part
message comes in pieces
json comes in pieces and cannot be read
large data gets truncated
last bytes are lost
how to send a big file over tcp
transfer stops before the end
send does not send everything
picture is only half there
message is chopped after some characters
text stops in the middle
file is broken after the transfer
not all data is received
the json ends in the middle
received fewer bytes than sent
mp3 sent over socket is too short
zip file is corrupt after sending
recv 1024 is not enough
client gets only half of the json
how to send a file over a socket without losing bytes
received file is smaller than the original
big messages arrive incomplete
recv doesn't get everything
only the first 1024 bytes arrive
image is cut off after sending over tcp
big file stops at 64 kb
recv gives me only half of the message
sometimes i receive half a json
some bytes at the end of my picture are missing
why do i get only half the message
my picture comes only half over the socket
long message gets chopped after 1024 chars
recv(4096) gives 1460 bytes only
json.loads fails because the string ends too early
video file transferred by my script won't play, too short
why i receive only beginning of text`,
    "one-client": `
only one client can connect at a time
the second client is not answered until the first leaves
how can i serve many clients
second person can't join the chat
the server talks only with the first client
third player can't connect
while one user is connected the others wait
how do i handle multiple connections at the same time
when one client is slow everyone waits
two people should chat at the same time
other clients get no answer while one is connected
only the first user works
server busy with one client
how do i let more users in
a new connection waits until the old one closes
server can do only one connection
second client has to wait until the first one leaves
server accepts one client, the other ones just wait
second client can connect but gets no reply until the first one leaves
only one person can use my chat at a time
second player cannot join until the first leaves
how can my server handle many clients
multiple clients at the same time
everything works until a third player connects
chat server, second person cant join until first leaves
how can 2 people chat at same time with my server
when first client is connected the other gets no answer
my server ignores everybody but the first one
my telnet chat only lets one in, the rest see nothing
program handles just one connection and others are waiting`,
    spins: `
recv returns b'' all the time
i get empty bytes again and again
endless loop after client disconnects
cpu at 100 percent when the client is gone
it prints empty lines forever
recv gives an empty string
my server loops forever with no data
read returns 0
receive returns zero bytes
loop prints b'' when i close the client
recv does not block any more and returns nothing
server prints nothing forever after the client left
while true loop runs wild after disconnect
empty data in a loop
cpu goes to 100 after a user leaves
while loop spins at 100% cpu after the client disconnects
server gets empty message all the time after client left
recv keeps returning empty string
endless loop printing nothing after the client disconnects
my while loop goes crazy when the client closes
my server uses 100% cpu after a client disconnects
recv gives me b'' all the time
loop prints b'' b'' b'' when i close the client
after client leave the server writes empty lines all over
the receiver keeps printing b'' after the sender finished
recv give empty and loop never stop`,
    gone: `
server does not notice that the client is gone
i pull out the network cable and nobody notices
how do i know if the other side is still there
client lost wifi and the server thinks it is still connected
how to detect a dead connection
how do i check that a socket is still connected
dead clients stay in my list
send works although the other end is off
peer has crashed and i get no error
user shows online after he lost connection
how do i see if the client is still alive
client switched off and server keeps it in the list
router was rebooted and my program did not notice
when i unplug the network nothing happens in the program
no error when the other computer is turned off
detect lost connection
heartbeat for my clients
how do i know the client has disconnected
how can the server know that a client is gone
server thinks client is still connected after i pull the cable
client lost wifi and server still shows it online
how to see if client still alive
player pulls the plug and in my game he stands there forever
my server still lists users who lost power
how know if user is online still`,
    "quiet-websocket": `
websocket closes after one minute without messages
websocket drops when idle
my websocket is cut behind nginx after 60 seconds
socket.io disconnects after some time
websocket connection is lost again and again
wss closes by itself after a while
websocket connection closes when nobody writes
chat websocket dies after a minute
websocket disconnects after 60 seconds of inactivity
websocket closes after 60 s idle
my websocket gets disconnected behind nginx every minute
websocket disconnects every 60 seconds
live chat stops after a minute of no typing`,
    "unopened-websocket": `
websocket does not connect
can't open a websocket
websocket handshake fails
wss does not work but ws does
websocket works locally but not behind the proxy
my websocket wont connect
websocket won't connect through nginx`,
    quiet: `
connection is dead after some minutes without traffic
ssh freezes after i was away
after sleep mode the connection is gone
connection drops exactly after 60 seconds
my database connection is lost overnight
when nothing is sent for a while the connection breaks
i close the lid of the laptop and ssh is frozen
long idle connections stop working without error
first query after a long pause fails
the session dies when i do nothing
connection lost every five minutes
lost connection to the database every morning
socket dies when nobody types
connection is gone after lunch
after one hour without data no answer
stays connected only while i send
putty session inactive and closed
my tunnel drops when idle
telnet hangs after a coffee break
db connection not valid any more in the morning
ssh says broken pipe when i come back
ssh session freezes after some minutes without typing
my tcp connection is closed after 5 minutes idle
connection dies overnight
after my laptop sleeps the connection is dead
after closing the laptop lid all connections are gone
connection drops after a few minutes of doing nothing
after some hours the socket is dead but no error comes
after some minutes of nothing my connection is dead but no error
i close my laptop lid and ssh is frozen after
lost connection to the db every morning
socket dies when nobody types for ten minutes
mysql connection not valid any more in the morning
telnet to the router hangs after coffee break
after some idle time first send gives broken pipe or reset
connection broken after computer slept`,
    "by-number": `
works with the ip but not by name
i can ping 8.8.8.8 but not google.com
my site is only found by its number
dns does not work
hostname is not found
the name of my pi is not known in the network
name cannot be resolved
domain name doesn't lead to my server
how do i give my server a name in my network
my new domain does not open yet
pi.local is not found but the ip goes
site opens by ip, the domain doesn't
computer name not found on the network
host name unknown
nslookup finds nothing
server is not found by name from my program
chrome says server ip address could not be found
works with ip address but not with the name
raspberry pi can't be found by its name in my network
hostname does not work but ip does
dns not working
internet works by ip only
my iot device can't find the server by its hostname
the wifi is ok but chrome dont find my site by name, only by ip
pi.local not found but 192.168.0.30 goes
ssh pi@raspberrypi not found, ssh pi@10.0.0.7 ok
myserver.local doesn't resolve on windows
can open sites by ip but not by address name
name of server unknown but i can reach the address`,
    "ping-works": `
ping works but the port doesn't
i can ping the server but can't connect
ping answers, http does not
host is up but ssh fails
ping ok telnet fails
pinging is ok but ssh is dead
can ping, cannot telnet
server answers ping but the page does not open
can ping the machine but can't connect to the port
i can ping it but telnet to the port fails
host answers ping but ssh does not work
pinging ok but ssh dead
machine replies to ping, but rdp port closed`,
    checker: `
port checker says closed
the online tool says that my port is not open
nmap says filtered
i opened the port and it still shows as closed
canyouseeme can't see my service
the port is open in the firewall but online port checker says closed
port shows closed although i opened it
canyouseeme says error could not see your service
is my port open from the outside`,
    cloud: `
can't reach my ec2 instance
server on aws does not answer
my vps does not open from my browser
site on my cloud machine times out
droplet port is closed from outside
security group is open and still it does not connect
deployed to heroku and it can't be reached
my app on a hetzner machine won't open from home
server online in the cloud, port not reachable
cloud vm refuses from outside
my server on ec2 can't be reached from outside
cannot reach my ec2 instance in browser
my vps port 8080 is not reachable from outside
my app on a hetzner machine wont open from home
opened 8080 on my azure vm but no page
google cloud vm, nginx running, my browser times out
cannot open port on amazon machine`,
    "who-calls": `
all clients have the same ip
i see only 127.0.0.1 as the address of visitors
real address of the client behind nginx
docker shows 172.17.0.1 for everyone
how do i get the ip of the caller
every user seems to come from the proxy
remote_addr is always the gateway of docker
client address is always the same in my log
server sees the client as 172.17.0.1 instead of the real ip
all my visitors have ip 127.0.0.1 behind nginx
how do i get the real client ip behind a proxy
flask remote_addr is always the docker gateway`,
    wireshark: `
wireshark shows nothing
i don't see my packets in tcpdump
no traffic in wireshark on localhost
capture is empty
i get nothing in wireshark when talking to localhost
tcpdump shows no packets on localhost
tcpdump on eth0 doesn't show my local test`,
    vpn: `
it does not work with vpn on
with the vpn everything is slow
no internet when vpn is connected
can't reach my local network while on vpn
works without vpn only
in the company network with vpn the server is not found
it works on wifi but not with the vpn on
can't reach local printer while vpn is connected
internet stops when vpn connects
company vpn on and local nas is gone
vpn makes my connection fail`,
    "silent-vpn": `
wireguard does not handshake
vpn does not connect
openvpn can't establish a tunnel
wireguard peer gets no answer
handshake for peer 1 (203.0.113.1:51820) did not complete after 5 seconds, retrying (try 2)
wireguard connects but no handshake`,
    emulator: `
android emulator can't reach localhost
my app in the emulator cannot connect to my server
react native fetch to localhost fails on the device
flutter app can't call my local api
ios simulator doesn't reach my backend
cannot connect from android emulator to localhost
pixel emulator cannot call api on my pc`,
    "connects-then-nothing": `
it connects and then nothing comes
client says connected but the server prints nothing
connection is established but no data
telnet opens and stays empty
connect succeeds and no answer arrives
the client is connected but the server does not show it
accept returns but nothing is received
i can send but i never receive
connected but there is no response from the server
connection works but then silence
connected, but the message never shows up on the server
client connects to server and server does not react
telnet to the port shows a black window
accept worked but recv gets nothing
i get connected and no welcome message
the client connects but then no reply comes
telnet connects but the server sends nothing
client says connected but server prints nothing`,
    "small-and-late": `
every little message takes 40 ms
small packets are delayed
high latency with tiny messages
my game lags over tcp
key presses arrive late
ping pong of short messages is slow
typing over my remote shell is laggy
each keystroke comes late
short messages need long
nagle delay
my commands arrive with a small delay
mouse moves come in bursts over tcp
a remote terminal feels slow, letters come after a pause
small messages arrive with a delay
my game has lag with tcp, 40 ms
typing over my remote shell feels laggy
mouse moves sent by tcp come in bursts
telnet game feels sluggish, letters come after a pause
delay when sending tiny packets`,
    "slow-name": `
it takes five seconds to connect
connecting is slow, afterwards it is fast
localhost takes two seconds for each request
dns lookup is slow
first request slow, next ones quick
first connection needs five seconds, then all is quick
connect is slow the first time
resolving the name takes long
ssh login takes ten seconds before the password
connection to localhost is slow on windows
gethostbyname takes so long
connecting takes 5 seconds every time
first request to localhost is slow
first connection needs 5 s then all quick
requests.get to localhost needs 2 seconds every time
why does socket.gethostbyname take so long
connect needs long because of dns`,
    "lost-datagrams": `
udp packets do not arrive
some of my datagrams are missing
udp receiver gets nothing
multicast is not received
broadcast does not reach the others
udp messages come in the wrong order
sendto says ok but nothing arrives
udp works on localhost and not in the network
i lose packets with udp
second machine hears nothing of my broadcast
udp client sends, server never prints anything
datagrams vanish
some udp packets are lost
multicast group receives nothing
out of order packets
udp messages get lost
my udp receiver gets nothing
broadcast is not received by other machines
udp packets sometimes don't arrive
messages come in wrong order
udp packets are sent but nothing recieved
udp broadcast works on one machine, second machine hears nothing
my udp sensor values not coming to the pc
half of my sensor packets over udp disappear
some datagrams never reach target`,
    memory: `
memory of the server grows
server uses more and more ram when clients are slow
write buffer gets bigger and bigger
slow reader makes my server eat memory
server memory keeps growing with slow clients`,
    "will-not-stop": `
ctrl c does not stop the server
how do i end the server
server keeps running and can't be stopped
ctrl+c does nothing while accept waits
i can't exit the program that listens
how to shut down a server cleanly
how do i kill a python http server
server doesn't react to ctrl c
stop button does nothing, server runs on
serve_forever and no way to quit
terminal is stuck with the running server, how do i get out
ctrl+c does not stop the server on windows
ctrl c doesn't stop my server
how do i end a python server
how kill python http server
terminal stuck with running server, how do i get out
server hangs when i want to end it with ctrl c`,
    localhost: `
localhost does not work but 127.0.0.1 does
127.0.0.1 works and localhost is refused
what is the difference of localhost and 127.0.0.1
::1 refused but ipv4 works
node says refused on ::1
localhost doesn't work but 127.0.0.1 does
works with 127.0.0.1, error with localhost`,
    "not-secure": `
browser says not secure
certificate is not valid
https warning on my site
your connection is not private
how do i get rid of the certificate warning
self signed certificate is not accepted
how do i get https for my server
https works in the browser but python complains about the certificate
ssl certificate expired
red lock in the address bar
browser warns about my site
https of my site is crossed out
lock is missing in the browser
how do i make my site https
certificate expired on my own server
browser warns my site has a wrong certificate
how to get rid of not secure warning on localhost
website says not secure / certificate expired on my own server
https works in the browser but not in python
red lock in the address bar of my own site
my own https server is not trusted by chrome
edge shows warning page before my intranet site
browser red warning for my site`,
    "tls-tool": `
pip install fails with ssl
git says certificate problem
npm self signed certificate behind company proxy
ssl error when i download something
python requests fails with ssl but the browser can
curl says it can't verify the certificate
certificate verify failed on mac with python
in the company network ssl does not work in my script
ssl error in python
requests complains about ssl
docker pull certificate unknown authority
wget certificate not trusted
node unable to verify the first certificate
composer complains about ssl certificate`,
    "serial-denied": `
permission denied on the serial port
com port access denied
arduino port is busy
can't open ttyusb0
serial port is used by another program
permission denied when opening serial port
arduino upload says port busy`,
    "serial-missing": `
arduino is not found
com port does not show up
no serial port in the list
my usb serial adapter is not detected
esp32 not recognised by the computer
device manager has no com port
my arduino is not showing up as a port
com port not found
my usb serial adapter doesn't appear in device manager
arduino ide shows no port
com4 is greyed out in the arduino menu
no /dev/ttyusb after plugging the adapter
board isn't listed in the ide`,
    "serial-garbage": `
serial monitor prints garbage
strange characters over serial
wrong symbols from the uart
what baud rate do i need
only strange characters in the serial monitor
serial monitor shows weird symbols
putty on com5 prints weird letters`,
    proxy: `
behind the company proxy nothing works
proxy asks for a password
how do i use a proxy in my program
browser reaches it but the script does not because of the proxy
at work i have to go through a proxy and my script fails
http/1.1 407 proxy authentication required
at work i have to go through a proxy, python script fails`,
    ftp: `
ftp connects but the directory list does not come
ftp hangs at list
passive mode does not work
425 can't open data connection`,
    mqtt: `
mqtt client can't connect to broker
mosquitto refuses my esp
home assistant loses mqtt`,
    scanned: `
how do i test if a port is open
check whether a remote port is reachable
what does filtered mean
how can i see if my server listens
test connection to a port on another machine
is tcp port 25 open at my provider
how to check if a port on another machine is open
is there a way to see if tcp 25 is open at my provider
how to see from another pc if my port answers`,
    "no-address": `
can i open 0.0.0.0 in the browser
what does 0.0.0.0 mean
connect to 0.0.0.0 does not work
server says running on 0.0.0.0
the server prints that it listens on 0.0.0.0 and the browser can't open 0.0.0.0
browser to http://0.0.0.0:8000 says invalid`,
    once: `
server answers only the first request
works one time and then no more
only the first message is received
second message is never read
server ends after one client
program stops after the first connection
the first client works and then the server is dead
i have to restart the server after each client
server replies once and then never again
client receives the first message but not the second
server only answers one request and then ends
second request to my server is never answered
echo server replies once then is deaf
i can only send one message`,
    "usb-c-picture": `
usb c to hdmi no picture
monitor stays black on usb-c
my laptop has usb c, can i connect a monitor
type c adapter shows no signal
which usb-c port gives video
usb c cable to the screen does nothing
usb-c to hdmi dongle and the tv stays dark
ipad to monitor over usb-c
docking station shows no image over usb-c
will a usb-c to hdmi cable work on my laptop
usb c no picture on monitor
which usb c adapter for my second monitor
type-c to displayport adapter doesn't work
my tv stays black over usb-c
second monitor is not found over usb-c
i plugged usb c cable in the monitor and there is no picture
usb-c to hdmi dongle and tv remains dark
can the usb c of my phone show its picture on tv
macbook to monitor with usb c cable: black
usb-c monitor nothing on screen`,
    "no-signal": `
monitor says no signal
hdmi cable plugged in and the screen stays black
displayport no picture
second screen is not detected
tv shows nothing over hdmi
beamer gets no image
external display not detected
screen stays dark with the new cable
projector shows no input
my second monitor is black
displayport cable in and no image
display says no input detected`,
    "video-adapter": `
hdmi to vga adapter doesn't work
vga to hdmi cable
dvi to displayport adapter
does a vga plug fit into dvi
passive adapter from displayport to hdmi
which adapter from my old screen to my new laptop
can i turn hdmi into displayport
connect an old vga monitor to a new notebook with hdmi
hdmi out to dvi in
adapter hdmi displayport does not work
console to displayport monitor
does a vga plug fit a dvi socket
connect old vga monitor to new notebook with hdmi
old projector has vga only, new laptop hdmi only
dvi monitor on displayport graphics card
vga to hdmi, no picture`,
    charge: `
my laptop charges slowly
phone does not charge over this cable
charger fits but it doesn't charge
usb-c charger too weak
which charger do i need for my laptop
how many watts does the port give
device says charging slowly
power bank doesn't load the notebook
new cable loads my phone very slowly
laptop doesn't charge over usb-c
battery gets less though plugged in
slow charger message
which watt charger
my charger fits but it charges very slow
new cable loads my phone only very slow
usb-c plug into laptop, no charging symbol
65 watt charger on my 100 watt notebook
phone charging is slow with this plug`,
    "charge-only": `
usb device is not recognised
usb stick doesn't show up
phone charges but the computer does not see it
my hard disk is not found over usb
computer does nothing when i plug in the usb
front usb port does not work
it charges but no data
mouse over usb is not detected
external disk plugged in and nothing appears
usb camera isn't found
computer doesn't react to usb
phone is not shown on the pc over usb
usb device descriptor read error
pc does not notice my camera
printer by usb is not detected by the computer
my pc can't see the usb drive`,
    "usb-slow": `
usb stick is very slow
my external drive copies slowly on usb 3
is my port usb 2 or usb 3
blue usb port is slow`,
    "no-link": `
ethernet cable is plugged in but no internet
light at the network port stays off
lan cable clicks in but there is no link
network cable unplugged although it is in
rj45 no connection lights
which cable between two computers
patch cable or crossover
which hole of the router is for the wall
network cable in the wall and no lamp blinking
cable in, no network
switch port is dark
no lights at the lan socket
ethernet not connected although plugged in
ethernet cable clicks but light stays off
network cable in the wall, no lamp blinking
new lan socket in the room is dead
i plugged lan cable to pc and router, both leds off
lan light not on`,
    "audio-jack": `
headphones have no sound in the jack
microphone of my headset does not work on the pc
phone has no headphone hole
what adapter for headphones with a round plug
three rings or four on the plug
pink and green sockets
earphones with a small plug don't fit my new phone
headset mic is silent
sound only on one side from the jack
splitter for headphones and microphone
headset microphone doesn't work in the pc jack
earphones with small plug dont fit my new phone
mic of gaming headset silent on laptop with one hole
jack adapter for iphone headphones
headphone jack no microphone`,
    "power-plug": `
will this power supply fit
round plug of the charger, which size
polarity of the barrel jack
can i use another power adapter with the same plug
what is the power cord of my pc called
5v or 12v for this round connector
laptop barrel charger of another brand
can i use a 19v charger`,
    plug: `
which plug is this
which cable do i need for my printer
what is this port called
square usb connector
does this cable fit in that port
plug does not fit
what kind of connector is flat and oval
my new laptop has only two small oval holes
usb a or usb b
which side of the cable goes where
what plug has eight pins
which adapter for this port
port is too big for the cable
name of the printer plug
what is this hole on my monitor
cable with a trapezoid plug and screws
my laptop has no ethernet port, what do i need
which cable for my monitor
what is this round plug called
usb stick is not recognized
usb-c port doesn't fit old usb stick
does a hdmi cable fit in displayport
which cable for this square usb printer
flat wide plug with many pins at the back of old pc
round plug with six little pins behind old computer
which connector has my old keyboard`,
    firewall: `
firewall blocks my program
how to allow a port in the firewall
windows asks if it may be let through
works when the firewall is off
antivirus blocks the connection
is it the firewall
it works when i turn the windows firewall off
windows firewall blocks my python server
how do i open a port in the firewall
ufw blocks my port
antivirus stops my server
does windows defender block my python server
is it windows firewall that stops others
should i disable the firewall to make it work
how to let my program through ufw`,
    airplay: `
port 5000 is taken on my mac
mac uses port 5000
403 on localhost:5000 on my mac
airplay receiver has the port
localhost 403 forbidden mac
my flask app on localhost:5000 says 403 in chrome`,
    "own-file": `
module socket has no attribute socket
i named my file socket.py
import socket takes my own file`,
    "low-port": `
how to use port 80 without root
permission denied on port 443
needs sudo for a port below 1024
server only starts as root
not allowed to bind port 80
server on port 80 says no permission
port 443 not permitted
need sudo to run server on port 80
python http server port 80 permission
how to listen on port 443 without root
can't take port 443 as normal user
only root can start it on 443
port 80 needs admin`,
    leak: `
server accepts nobody after some hours
too many open sockets
after a thousand clients no more can connect
number of open files keeps growing
sockets are never closed
after a day the server stops answering
server is ok in the morning and in the evening accepts no one
runs for a day then refuses new clients
file descriptors run out
connections pile up
after 1017 connections nothing new gets in
my program uses more and more sockets until it dies
after some hours my server accepts no more connections
server stops working after about 1000 clients
server ok in the morning, in the evening accepts noone
too many files open after users come and go
my server gets slower and stops after many users`,
    "refused-so": `
connection refused
it says refused
server turns me away at once
yesterday it worked and today it is refused
the target machine actively refused
browser says refused to connect
my script is refused but the browser can
i get refused immediately
no connection could be made
refused immediately
connection was rejected
nobody answers the door, refused at once
app says server refused
server refuses my connection
it says refused when i connect
the other computer turned me away immediately
worked yesterday today connection refused
it immediately says no connection could be made
computer says no, immediately
telnet closes instantly with refused
why is my connection refused`,
    "too-slow": `
it takes forever and then gives up
timeout
request timed out
the page loads and loads
server does not answer in time
after a long time it says timed out
website is very slow to respond and fails
browser turns and turns and then an error
loads for a minute and then fails
spinner forever then time out
connect attempt runs out of time
no answer in time
site is loading endlessly
waits thirty seconds and then gives an error
connection takes forever and then fails
it just says timeout
page keeps loading forever
i get a timeout only from the office
browser turns and turns, after a minute error
curl takes 2 minutes then tells timeout
waits 30 sec then error
my request never finishes and then timeout`,
    "broke-off": `
connection is closed by the other side
server kicks me out right away
download breaks off in the middle
connection lost
i get disconnected at random
players are thrown out from time to time
the remote host closed the connection
it hangs up on me after i log in
server throws me out after login
connection closed unexpectedly
the stream breaks off
socket was closed by the peer
upload is interrupted
bot gets disconnected suddenly
connection gets dropped in the middle of the download
server kicks me out immediately
my multiplayer game disconnects players randomly
my clients get kicked when wifi hiccups
when i log in i am kicked right out
smtp server hangs up after hello
connection was dropped by the server`,
    "reset-sometimes": `
sometimes it works and sometimes connection reset
now and then a request fails with reset
every tenth request gets a reset
connection reset at random
keep alive connections are reset
first request after a pause is reset
reset by peer only under load
one of ten calls ends with connection reset by peer
connection reset once in a while
api call resets rarely
sometimes the request works and sometimes it says reset
randomly one request out of hundred is reset
under load some requests get reset`,
    "as-bytes": `
how do i send a string
can't send text over the socket
how do i convert str to bytes
send a number over tcp
how to send a dictionary or an object
how do i transmit an int
send a list through a socket
sending str gives an error
can i send an object
which type does send want
i can't send a string over the socket
how to send text over socket
how to transmit int through socket
can i send a tuple with socket.send
socket.send wants bytes but i have a dict
what type must i give to send`,
    unsaid: `
server does not work
my socket program does not work
the client doesn't work
it doesn't work
connection error
i can't connect
cannot connect to server
no connection
it can't reach the server
connection problem
connection failed
my app can't connect
client doesn't connect
network error
my app says connection error
ssh works but http doesn't
it was not possible to connect to the redis server(s). unabletoconnect on localhost:6379
firefox says unable to connect to localhost:8000
it cant connect help
connection not possible
application has connection issues
cannot connect`,
    internet: `
internet is gone
no internet on any device
wifi connected but no internet
wifi does not work
router has no connection
my wifi is slow
network is down in the whole house
wlan drops all the time
no internet at home since this morning
wifi icon has an exclamation mark
phone and laptop both offline
wlan slow in the kitchen
no wifi`,
    "full-queue": `
the listen queue is full
many clients connect at once and some have to wait
backlog is too small
kernel log says possible syn flooding
connect takes long when hundreds come at the same time
what must i give to listen
how many clients may wait in listen
what number should be in listen`,
    published: `
docker container runs but localhost:8000 shows nothing in my browser
docker compose app on localhost:5000 doesn't open in my browser
can't reach postgres in docker from my laptop with dbeaver at localhost:5432
docker run -p 8000:8000 and localhost:8000 is not reachable
the database in my docker container is not reachable from the host at 127.0.0.1
docker container running but localhost:8080 refuses`,
    topic: `
what is a socket
what is a port
what does localhost mean
difference between tcp and udp
why do we need ports
learn networking for beginners
who invented tcp
how do i write an echo server
python socket server example
how does a handshake work
what is a firewall
how many ports are there
how long can a udp message be
how do i turn off ipv6 for my server
does my computer have thunderbolt
my server gets strange requests from unknown addresses
how do i write a chat in python
what is the difference between a port and a socket
explain tcp states
what is an ip address
which port does https use
how do i make a websocket server
what is a loopback
how does dns work
socket or port
what is asyncio
threads or asyncio for a server
how does the kernel choose a port
server receives the same message again and again
i want the server to answer in less than a second
how do i run a server as a service
what does errno mean
how does tcp make sure nothing is lost
how do packets find their way
what happens when i open a website
why are there 65535 ports
how do sockets work
explain bind and listen
what does accept do
what is nat
explain ports to a child
how does recv know when to stop
which is better tcp or udp
example of a udp client
what is keepalive
what exactly is a file descriptor
who assigns port numbers
what is the meaning of syn and ack
can i use a socket in javascript
what is port 443 for
how do i learn sockets`,
    else: `
my code is slow
how do i learn python
my program eats memory until it dies
my python script prints nothing and never ends when i use input
two players have the same score in my game
client wants a refund
my friend can't open the pdf
how many bytes has an int
npm install takes forever
my cat is asleep on the router
what is the best laptop for programming
the app freezes when i press the red button
css file is not found
undefined variable
function is not called
window is too small
i can't hear anybody on discord
word document does not open
photos are blurry
my table has too many rows
class has no attribute
loop runs forever
the menu is empty
the list is empty
print shows nothing on the screen
my exercise is due tomorrow
font is too small
the installer hangs at 50 percent
login does not work, wrong password
laptop gets hot
fan is loud
my account is blocked
keyboard layout is wrong
json file has a comma too much
tkinter button has no colour
text is too long for the column
program crashes at start with index error
the clock is wrong
my css is not loading
list index out of range
undefined is not a function
how do i sort a list
the button does not react
image is not shown on the page
my loop never ends
how do i install a package
excel crashes
the game crashes in the menu
git merge conflict
battery is empty after an hour
printer has no paper
the app closes by itself
python prints nothing
file not found
my program uses a lot of memory and then dies
how do i read a file
the computer is slow
the screen flickers
video has no sound
keyboard types wrong letters
how do i center a div
query returns no rows
form does not save
login password is wrong
regex doesn't match
build fails
test fails
the recipe for bread
input waits for the user
my function returns none
dictionary key missing
string is empty after split
integer too large
division by zero
date is wrong by an hour
docker build fails
docker image is too big
text is cut off in the box
the script runs twice
how do i make a website
which laptop should i buy
docker compose builds again each time
django template is empty
flask route returns 404
javascript variable is undefined
permission denied when i save a file
disk is full
how do i rename a branch
where do i download python
my code has a syntax error
pandas is slow
email ends up in spam
my phone is broken
the bluetooth headset doesn't pair
touchpad doesn't scroll
how do i close a window
windows update fails
i forgot my password
program ends at once without a message
graph is not drawn
my variable has the wrong value
thread does not start
the screen is too dark
colors are wrong on my monitor
mouse pointer is gone
how to make text bold in html
my for loop skips the last element
word crashes when i print
photoshop needs too much memory
excel formula is wrong
css grid overlaps
numpy array has the wrong shape
react component renders twice
pandas column is missing
my regex matches too much
python class inherits wrong
list comprehension is confusing
button click does nothing in html
sort a dictionary by value
variable is not global
pygame window closes by itself
character walks through the wall in my game
compiler warning about a type
matplotlib plot is empty
for loop does not stop
recursion is too deep
how do i remove duplicates from a list
convert a float to a string
string formatting with two decimals
how do i rotate an image
my homework about arrays
sql join gives duplicates
table has no primary key
java class not found
typescript type is wrong
git push is rejected
git says detached head
vim how do i exit
phone screen is cracked
laptop keyboard has a broken key
windows is slow after the update
bluetooth mouse does not pair
excel file is locked
printer prints blank pages
pdf is too big
video stutters in full screen
my microwave makes noise
instagram account hacked
password forgotten
how do i take a screenshot
dark mode is ugly
test coverage is low
unit test is flaky
virtual environment not activated
pip not found
latex table too wide
lf will be replaced by crlf
killed
chrome eats all my ram
how to cook rice
if statement is never true
sound is too low
kube-proxy failed to execute iptables-restore
page layout is broken
layout looks different in safari
how do i sort a list in python
the button is not centered in css
my computer is slow after the update
how do i install numpy
the game crashes when i open the menu
git merge conflict in two files
my phone battery drains fast
excel does not open the file
how to rename a branch
image upload shows a broken picture on the page
sql query returns no rows
my loop runs forever
read a file line by line in python
docker build fails at step 3
why is my css not loading
the printer is out of paper
wifi is slow in the kitchen
keyboard does not type the letter e
python recursion explained
the file is locked by another process
my screen flickers
unit tests fail on ci
docker compose up builds the image again every time
my django template shows nothing
flask route returns none
the program ends without any output
how to close a window in tkinter
the message box text is cut off
my script runs twice
json file has a trailing comma
how do i stop a while loop
usb mouse lags
password not accepted on the login page
database query is slow
zoom error code 5003
how to bake bread
my list is sorted wrong
if statement never true
sound on youtube is too low
my pivot table shows the wrong month
python says unexpected indent
cannot install windows
flexbox item is too wide
my cake is burnt
how many rows fit into excel
the page layout is broken in safari
my code has a bug`,
  },
};
