"""What is said by clients of databases, brokers and SSH: why, and what to do about it. Pure."""

from __future__ import annotations

from collections.abc import Mapping

OF_STORES: Mapping[str, tuple[str, str]] = {
    r"redis\.exceptions\.(?:AuthenticationError|NoPermissionError|\w*Auth\w*Error)|\bNOAUTH\b|\bWRONGPASS\b": (
        "the server wants a password, or does not take this one",
        "pass the one that it knows: `Redis(password=..., username=...)`",
    ),
    r"\bWRONGTYPE\b": (
        "the key holds another kind of value",
        "look at `type(key)`: lists, sets and hashes have commands of their own",
    ),
    r"redis\.exceptions\.InvalidResponse|Protocol Error: b?'": (
        "what answered there does not speak the protocol of Redis",
        "look at the host and the port",
    ),
    r"DataError: Invalid input of type": (
        "Redis keeps bytes, text and numbers only",
        "make one of it first, such as `json.dumps(value)`",
    ),
    r"pubsub connection not set": (
        "nothing has been subscribed to yet",
        "call `subscribe()` before you ask for messages",
    ),
    r"redis\.exceptions\.(?:Response|ReadOnly|BusyLoading|OutOfMemory|NoScript|ExecAbort)\w*Error": (
        "the server refuses that command, by this reply",
        "look at the command and its arguments, and at the server's own settings",
    ),
    r"Packet sequence number wrong - got \d+ expected 0\b": (
        "what greets there is no MySQL server: its first packet has the number 0",
        "look at the host and the port",
    ),
    r"Packet sequence number wrong": (
        "two threads use one connection to the database, or a fork shares it",
        "give each thread and process a connection of its own, or take one from a pool",
    ),
    r"\(1045, |Access denied for user|password authentication failed|InvalidPasswordError|authentication failed for": (
        "the database does not take that user and password",
        "log in as one that it knows",
    ),
    r"InterfaceError: \(0, ''\)|err\.Error: Already closed|(?:Interface|Operational|Programming)Error: .*"
    r"(?:connection|[Cc]ursor|pool) (?:is )?(?:already )?closed\b": (
        "the connection had been closed before",
        "use it before it is closed, within its `with`, or open a new one",
    ),
    r"another (?:operation|command) is (?:already )?in progress|Commands out of sync": (
        "two tasks or threads use one connection at the same time",
        "give each its own, or take one from a pool",
    ),
    r"too many clients already|remaining connection slots|\(1040, ": (
        "the database has as many connections as it allows",
        "close each when its work is done, or let a pool have a few that all share",
    ),
    r"paramiko\S*\.(?:Bad)?Authentication\w+|asyncssh\S*\.PermissionDenied|No authentication methods available": (
        "the server does not take that user with that password or key (RFC 4252 section 5.1)",
        "log in as it wants: look at the user, at `password=` and at the key",
    ),
    r"BadHostKeyException|HostKeyNotVerifiable|Host key (?:is not trusted|verification)": (
        "the key of the server is not the one that is known for it",
        "if it is the right server, let the client know its key (`known_hosts`)",
    ),
    r"ChannelException|ChannelOpenError": (
        "the server opens no channel of that kind, or not for this user (RFC 4254 section 5.1)",
        "look at what the server allows, and at how many channels are open",
    ),
    r"SSH session not active|'NoneType' object has no attribute 'open_(?:session|channel|sftp_client)'": (
        "the client has no connection: it was not connected, or is closed",
        "call connect() first, and use it before close()",
    ),
    r"PasswordRequiredException|KeyImportError|not a valid (?:\w+ )?private key file": (
        "the key cannot be read from that file: it wants a password, or is none",
        "pass the file of a private key, and its `passphrase=`",
    ),
    r"IncompatiblePeer|KeyExchangeFailed|no matching \w+ (?:found|algorithm)|[Nn]o acceptable \w+": (
        "the two ends have no algorithm in common (RFC 4253 section 7.1)",
        "let both have one, by their settings or a newer version",
    ),
    r"Garbage packet received": (
        "what came in the channel of SFTP is something else, such as what the user's shell prints when it begins",
        "let that shell print nothing when nobody is at it",
    ),
    r"The client is not currently connected|MQTT_ERR_NO_CONN": (
        "the client of MQTT was not connected",
        "connect(), start its network loop, `loop_start()`, and publish when `on_connect` has been called",
    ),
    r"topic cannot contain wildcards|Invalid (?:topic|subscription filter)": (
        "one publishes to a topic with a name, and only who subscribes may write `+` and `#` in it",
        "publish to a topic without them",
    ),
    r"ProbableAuthenticationError|ACCESS_REFUSED": (
        "the broker does not take that user and password, or not for that virtual host",
        "log in as one that it knows",
    ),
    r"ChannelClosedByBroker|ChannelClosed: \(": (
        "the broker closed the channel, for the reason that stands there",
        "declare a queue or exchange before you use it, and always with the same arguments",
    ),
    r"ChannelWrongStateError|ConnectionWrongStateError|Channel is closed": (
        "the channel or connection had been closed before",
        "use it before it is closed, and take a new one after an error",
    ),
    r"MemcacheIllegalInputError": (
        "a key has no blanks and at most 250 bytes, and what is not ASCII is to be encoded",
        "encode it: `value.encode()`, and take another key",
    ),
}
"""As the table in `sayings`."""
