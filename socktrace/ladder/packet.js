// Opens a packet of a run: each of its bytes belongs to one field, each field has a name and a sentence. run.js loads it.
"use strict";
{
  // How an opened packet looks, as wide as its place allows, from a phone to the whole page. It is here because only who
  // opens one needs it.
  const STYLE = `
    .sk-envelope { position: relative; box-sizing: border-box; container: sk-envelope / inline-size; padding: 20px; margin-block: 4px 14px; border: 2px solid var(--control); border-radius: 10px; background: var(--card); color: var(--ink); box-shadow: 0 12px 40px rgb(0 0 0 / .16); font: 15px/22px var(--text); text-align: start; scroll-margin-block: 210px 24px; }
    .sk-envelope p { margin: 0; }
    .sk-envelope code { padding: 0; background: none; color: inherit; font: 14.5px/19px var(--mono); }
    .sk-envelope-head { padding-inline-end: 96px; color: var(--soft); }
    .sk-envelope-head b { display: inline-block; margin-inline-end: 12px; color: var(--ink); font: 700 22px/1.2 var(--show); }
    .sk-envelope-shut { position: absolute; top: 14px; right: 14px; min-height: 40px; padding: 0 16px; border: 1.5px solid var(--line); border-radius: 20px; background: none; color: inherit; font: inherit; cursor: pointer; }
    .sk-layers { display: grid; grid-template-columns: minmax(0, 1fr); gap: 16px 24px; margin-top: 12px; }
    .sk-layers > div { min-width: 0; }
    .sk-layers > div:empty { display: none; }
    .sk-layer + .sk-layer, .sk-envelope .sk-finds { margin-top: 16px; }
    .sk-envelope .sk-layer > p { margin-bottom: 6px; color: var(--soft); }
    .sk-layer > p b { color: var(--ink); font-weight: 600; }
    .sk-envelope .sk-bytes { display: table; width: calc(100% + 4px); margin: 0 -2px; border: 0; border-collapse: separate; border-spacing: 2px; table-layout: fixed; background: none; font: 13px/17px var(--text); }
    .sk-envelope .sk-bytes tbody { display: table-row-group; }
    .sk-envelope .sk-bytes tr { display: table-row; }
    .sk-envelope .sk-bytes td { display: table-cell; min-width: 0; padding: 4px 6px 5px; border: 0; border-radius: 3px; background: var(--stage); color: var(--soft); text-align: start; vertical-align: top; overflow-wrap: anywhere; cursor: pointer; }
    .sk-bytes td > code { display: block; white-space: pre-line; }
    .sk-bytes td:not([class]) > code { color: var(--ink); }
    .sk-envelope .sk-bytes td.sk-finder { background: var(--tag); color: var(--port); }
    .sk-envelope .sk-bytes td.sk-byte { padding-inline: 2px; background: var(--data); color: var(--on-data); text-align: center; vertical-align: middle; }
    .sk-byte > b { display: block; font: 700 26px/34px var(--show); white-space: pre; }
    .sk-byte > b.sk-unread { font: 14.5px/53px var(--mono); }
    .sk-payload:is([data-columns="1"], [data-columns="2"], [data-columns="3"], [data-columns="4"], [data-columns="5"]) .sk-byte > b { font-size: 46px; line-height: 56px; }
    .sk-envelope [data-columns] > table { max-width: 420px; }
    .sk-envelope [data-columns="1"] > table { max-width: 84px; }
    .sk-envelope [data-columns="2"] > table { max-width: 168px; }
    .sk-envelope .sk-bytes td:is(:hover, [aria-selected="true"]) { box-shadow: inset 0 0 0 2.5px var(--ink); }
    .sk-bytes td:focus-visible { outline: 3px solid var(--data); outline-offset: 1px; }
    .sk-finds { color: var(--port); }
    /* What a field means stays in sight while one goes through the bytes. */
    .sk-means { position: sticky; top: var(--sk-means-top); z-index: 1; min-height: 78px; margin-inline: -20px; padding: 8px 20px 8px 16px; border-inline-start: 4px solid var(--port); background: var(--card); box-shadow: 0 6px 8px -6px rgb(0 0 0 / .3); font-size: 16px; line-height: 23px; }
    .sk-envelope { --sk-means-top: 165px; }
    @media (max-width: 860px) { .sk-envelope { --sk-means-top: 0px; scroll-margin-block: 64px calc(33vh + 12px); } }
    .sk-means b { display: block; }
    .sk-rests-on { color: var(--link); font-size: 13px; white-space: nowrap; }
    @container sk-envelope (min-width: 480px) {
      .sk-layers { grid-template: "means means" auto "ip to" auto "words words" auto / minmax(0, 1fr) minmax(0, 1fr); gap: 16px; }
      .sk-layers > .sk-means { grid-area: means; }
      .sk-layers > :nth-child(2) { grid-area: ip; }
      .sk-layers > :nth-child(3) { grid-area: to; }
      .sk-layers > :nth-child(4) { grid-area: words; }
    }
    @container sk-envelope (min-width: 820px) {
      .sk-layers { grid-template: "ip to words" auto "ip to means" 1fr / repeat(3, minmax(0, 1fr)); gap: 16px 24px; }
      .sk-quoting { grid-template-areas: "ip to words" "ip means words"; }
      .sk-means { align-self: start; margin: 0; padding: 0 0 0 14px; background: none; box-shadow: none; font-size: 17px; line-height: 26px; }
    }
    @media print {
      .sk-envelope { break-inside: avoid; box-shadow: none; }
      .sk-envelope td { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
      .sk-means { position: static; }
      .sk-envelope-shut { display: none; }
    }
    @media (forced-colors: active) {
      .sk-envelope .sk-bytes td { border: 1px solid; }
      .sk-envelope .sk-bytes td[aria-selected="true"] { outline: 3px solid Highlight; }
    }
  `;
  let dressed = false;
  const dress = () => {
    if (!dressed) document.head.append(Object.assign(document.createElement("style"), { textContent: STYLE }));
    dressed = true;
  };

  // What the sentences rest on; each text was read.
  const rfc = (number, section = "") => ({
    label: `RFC ${number}${section && `, section ${section}`}`,
    url: `https://www.rfc-editor.org/rfc/rfc${number}${section && `#section-${section}`}`,
  });
  const SOURCES = {
    ip4: rfc(791, "3.1"),
    ip6: rfc(8200, "3"),
    extension: rfc(8200, "4"),
    fragment: rfc(8200, "4.5"),
    ecn: rfc(3168, "5"),
    loopback4: rfc(1122, "3.2.1.3"),
    loopback16: rfc(4291, "2.5.3"),
    udp: rfc(768),
    icmp4: rfc(792),
    icmp6: rfc(4443, "3"),
    tcp: rfc(9293, "3.1"),
    options: rfc(9293, "3.2"),
    numbers: rfc(9293, "3.4"),
    names: rfc(9293, "3.3.1"),
    states: rfc(9293, "3.3.2"),
    reset: rfc(9293, "3.5.2"),
    scale: rfc(7323, "2.2"),
    stamps: rfc(7323, "3.2"),
    permitted: rfc(2018, "2"),
    sack: rfc(2018, "3"),
    letters: rfc(3629, "3"),
    connect: { label: "connect(2)", url: "https://man7.org/linux/man-pages/man2/connect.2.html" },
    offload: {
      label: "Linux: Checksum Offloads",
      url: "https://docs.kernel.org/networking/checksum-offloads.html",
    },
  };
  const LETTERS = 48; // so many bytes of a payload get a field each
  const PROTOCOLS = { 1: "ICMP", 6: "TCP", 17: "UDP", 58: "ICMPv6" };
  const EXTENSIONS = { 0: "hop-by-hop options", 43: "routing", 44: "fragment", 60: "destination options" };
  const FLAGS = [
    [0x02, "SYN", "let us begin to count, here is my first number."],
    [0x01, "FIN", "no more bytes from this side; it still confirms yours."],
    [0x04, "RST", "refused, or over at once."],
    [0x08, "PSH", "hand this on, do not wait for more."],
    [0x10, "ACK", "the acknowledgment number counts."],
    [0x20, "URG", "the urgent pointer counts."],
    [0x40, "ECE", "a router on the way was congested; in a SYN: I understand such marks."],
    [0x80, "CWR", "I slowed down, or in a SYN: I understand congestion marks."],
  ];
  const ERRORS = {
    ICMP: {
      3: [
        "unreachable",
        [
          "network unreachable",
          "host unreachable",
          "protocol unreachable",
          "port unreachable",
          "too big, and may not be cut",
        ],
      ],
      4: ["slow down", []],
      5: ["another way is shorter", []],
      11: ["time exceeded", ["too many hops", "pieces missing"]],
      12: ["problem in the header", []],
    },
    ICMPv6: {
      1: ["unreachable", ["no route", "prohibited", "beyond scope", "address unreachable", "port unreachable"]],
      2: ["too big", ["too big"]],
      3: ["time exceeded", ["too many hops", "pieces missing"]],
      4: ["problem in the header", []],
    },
  };

  const written = (number) => number.toLocaleString("en");
  const count = (number, what) => `${written(number)} ${what}${number === 1 ? "" : "s"}`;
  const hex = (bytes) => [...bytes].map((byte) => byte.toString(16).padStart(2, "0"));
  const unhex = (text) => Uint8Array.from(text.match(/../g) ?? [], (pair) => parseInt(pair, 16));

  /** Add up words of 16 bits, the carry put back in (RFC 1071). */
  const sum = (bytes, total = 0) => {
    for (let i = 0; i < bytes.length; i += 2) total += (bytes[i] << 8) | (bytes[i + 1] ?? 0);
    while (total > 0xffff) total = (total & 0xffff) + (total >>> 16);
    return total;
  };

  const address = (bytes) => {
    if (bytes.length === 4) return bytes.join(".");
    const groups = Array.from({ length: 8 }, (_, i) => ((bytes[2 * i] << 8) | bytes[2 * i + 1]).toString(16)).join(":");
    const zeros = groups.match(/\b0(:0)+\b/g)?.reduce((best, one) => (one.length > best.length ? one : best));
    if (!zeros) return groups;
    const at = groups.search(new RegExp(`\\b${zeros}\\b`));
    return `${groups.slice(0, Math.max(at - 1, 0))}::${groups.slice(at + zeros.length + 1)}`;
  };

  /**
   * Reads bytes from front to back into fields. What is cut short becomes one last field, and nothing comes after it.
   */
  class Reader {
    constructor(bytes) {
      this.bytes = bytes;
      this.at = 0;
      this.layers = [];
      this.quoted = false;
      this.size = 0; // bytes of a TCP payload, recorded or not
    }

    /** Begin a layer: a header or a payload, which answers a question. */
    begin(kind, title, about) {
      this.layers.push({ kind: this.quoted ? `quoted ${kind}` : kind, title, about, fields: [] });
    }

    /** Return the number that stands `size` bytes long at a place, whether or not it is there. */
    peek(at, size = 1) {
      let number = 0;
      for (let i = 0; i < size; i++) number = number * 256 + (this.bytes[at + i] ?? 0);
      return number;
    }

    /**
     * Take the next bytes as a field, and return the number in them.
     *
     * `tell` is given that number and the bytes, and returns the words in the cell, the sentence, and perhaps the value
     * where it is no number.
     */
    take(size, id, name, source, tell) {
      const at = this.at;
      const bytes = this.bytes.subarray(at, at + size);
      if (bytes.length === 0) return 0;
      this.at += bytes.length;
      const value = this.peek(at, size);
      const field = { id: this.quoted ? `quoted ${id}` : id, at, size: bytes.length, ...SOURCES[source] };
      if (bytes.length < size) {
        const says = `The recording ends within this field, after ${bytes.length} of its ${count(size, "byte")}.`;
        Object.assign(field, { id: "cut", name: `${name}, cut short`, reading: "cut short", says });
      } else {
        const [reading, says, other = value] = tell(value, bytes);
        Object.assign(field, { name, reading, says, value: other });
      }
      this.layers.at(-1).fields.push(field);
      return value;
    }
  }

  /**
   * Read a packet into layers of fields, which the reader that it returns holds.
   *
   * Args:
   *   raw: The packet from the IP header on, as far as it was recorded, in hexadecimal.
   *   known: What the packets before it told, as `learned` returns it.
   */
  const read = (raw, known = {}) => {
    const reader = new Reader(unhex(raw));
    datagram(reader, known);
    const rest = reader.bytes.length - reader.at;
    if (rest > 0) payload(reader, "What follows the packet", rest, rest, {});
    return reader;
  };

  const datagram = (reader, known) => {
    const ip = reader.bytes[reader.at] >> 4 === 6 ? version6(reader) : version4(reader);
    const size = ip.end - reader.at; // of what it carries, recorded or not
    const protocol = PROTOCOLS[ip.protocol];
    if (ip.offset) return payload(reader, "A piece of a datagram", reader.bytes.length - reader.at, size, {});
    if (protocol === "TCP") return segment(reader, ip, known);
    if (protocol === "UDP") return userDatagram(reader, ip);
    if (protocol) return complaint(reader, ip, protocol);
    return payload(reader, "What it carries", reader.bytes.length - reader.at, size, {});
  };

  /** Say which protocol a number stands for, and if the kernel finds a socket by it. */
  const carries = (number) => {
    const name = PROTOCOLS[number] ?? EXTENSIONS[number] ?? `protocol ${number}`;
    const next = number in EXTENSIONS ? "which is one more part of the IP header." : "which reads the rest.";
    return [name, `Number ${number} stands for ${name}, ${next}`];
  };

  const treatment = (octet) => {
    const marks = [
      "this packet does not use congestion marks",
      "the sender understands congestion marks",
      "the sender understands congestion marks",
      "a router on the way was congested",
    ][octet & 3];
    const how = octet >> 2 ? "it asks routers for a treatment of its own" : "routers treat it as any packet";
    return `DSCP ${octet >> 2}: ${how}. ECN ${octet & 3}: ${marks}.`;
  };

  const ends = (reader, size, source) => {
    for (const [id, name, way, says] of [
      ["source", "Source address", "from", "Where it comes from"],
      ["destination", "Destination address", "to", "Where it goes"],
    ]) {
      const bytes = reader.bytes.subarray(reader.at, reader.at + size);
      const text = bytes.length === size ? address(bytes) : "";
      const isOwn = size === 4 ? text.startsWith("127.") : text === "::1";
      const more = isOwn ? ": this machine itself. What goes there never leaves it." : ".";
      reader.take(size, id, name, isOwn ? `loopback${size}` : source, () => [`${way} ${text}`, says + more, text]);
    }
  };

  const version4 = (reader) => {
    const start = reader.at;
    const header = Math.max(20, (reader.peek(start) & 0xf) * 4);
    const length = reader.peek(start + 2, 2);
    const bits = reader.peek(start + 6, 2);
    const offset = (bits & 0x1fff) * 8;
    reader.begin("ip", reader.quoted ? "About which datagram?" : "Which machine?", `IP, ${count(header, "byte")}`);
    reader.take(1, "version", "Version and header length", "ip4", (value) => [
      `IPv${value >> 4}`,
      `Version ${value >> 4}, and ${value & 0xf} rows of four bytes: this header is ${(value & 0xf) * 4} bytes long.`,
    ]);
    reader.take(1, "treatment", "DSCP and ECN", "ecn", (value) => [`DSCP ${value >> 2}`, treatment(value)]);
    reader.take(2, "length", "Total length", "ip4", (value) => [
      `${count(value, "byte")} in all`,
      `This header and all that follows it${
        !reader.quoted && reader.bytes.length < value ? `; the recording keeps the first ${reader.bytes.length}` : ""
      }.`,
    ]);
    reader.take(2, "identification", "Identification", "ip4", (value) => [
      "identification",
      `Number ${value}, the same in all pieces of a packet that was cut, so that they can be put back together.${
        bits & 0x4000 ? " This one may not be cut." : ""
      }`,
    ]);
    reader.take(2, "fragment", "Flags and fragment offset", "ip4", () => {
      if (offset)
        return [
          `from byte ${offset}`,
          `A piece of a larger packet, from its byte ${offset} on. ${bits & 0x2000 ? "More follow." : "It is the last."}`,
        ];
      if (bits & 0x2000) return ["first piece", "The first piece of a packet that was cut. More follow."];
      return bits & 0x4000
        ? ["don't fragment", "Routers may not cut this packet into pieces, even where it is too large for the way."]
        : ["whole", "It is whole. A router may cut it into pieces where it is too large for the way."];
    });
    reader.take(1, "hops", "Time to live", "ip4", (value) => [
      count(value, "hop"),
      "Each router on the way takes at least one off. At 0 the packet is dropped.",
    ]);
    const protocol = reader.take(1, "protocol", "Protocol", "ip4", carries);
    reader.take(2, "header checksum", "Header checksum", "ip4", () => {
      const bytes = reader.bytes.subarray(start, start + header);
      if (bytes.length < header) return ["checksum", "Covers this header alone, of which the recording has not all."];
      return sum(bytes) === 0xffff
        ? ["checksum is right", "Covers this header alone. It is right."]
        : ["checksum is wrong", "Covers this header alone, and is not what its bytes add up to."];
    });
    ends(reader, 4, "ip4");
    if (header > 20) {
      reader.take(header - 20, "ip options", "Options", "ip4", () => [
        "options",
        "Rarely used wishes, such as a route to take.",
      ]);
    }
    const addresses = reader.bytes.subarray(start + 12, start + 20);
    return { protocol, offset, isPiece: Boolean(bits & 0x3fff), end: start + length, addresses };
  };

  const version6 = (reader) => {
    const start = reader.at;
    const ip = { offset: 0, isPiece: false, end: start + 40 + reader.peek(start + 4, 2) };
    reader.begin("ip", reader.quoted ? "About which datagram?" : "Which machine?", "IPv6, 40 bytes");
    reader.take(4, "version", "Version, traffic class, flow label", "ip6", (value) => {
      const [octet, flow] = [(value >>> 20) & 0xff, value & 0xfffff];
      return [
        `IPv6, DSCP ${octet >> 2}, flow ${flow.toString(16)}`,
        `Version 6. ${treatment(octet)} The flow label, ${flow}, is the same in packets that routers may treat alike.`,
      ];
    });
    reader.take(2, "length", "Payload length", "ip6", (value) => [
      `${count(value, "byte")} follow`,
      `All that follows these 40 bytes${
        !reader.quoted && reader.bytes.length < value + 40
          ? `; the recording keeps the first ${reader.bytes.length} of the whole`
          : ""
      }.`,
    ]);
    const next = (id) => reader.take(1, id, "Next header", "ip6", carries);
    ip.protocol = next("protocol");
    reader.take(1, "hops", "Hop limit", "ip6", (value) => [
      count(value, "hop"),
      "Each router on the way takes one off. One that comes to 0 drops the packet.",
    ]);
    ends(reader, 16, "ip6");
    ip.addresses = reader.bytes.subarray(start + 8, start + 40);
    while (ip.protocol in EXTENSIONS && reader.at < reader.bytes.length && !ip.offset) {
      const name = EXTENSIONS[ip.protocol];
      reader.begin("extension", `IPv6 extension`, name);
      if (ip.protocol === 44) {
        ip.protocol = next("extension protocol");
        reader.take(1, "reserved", "Reserved", "fragment", () => ["reserved", "Not in use."]);
        reader.take(2, "fragment", "Fragment offset", "fragment", (value) => {
          ip.offset = value & 0xfff8;
          ip.isPiece = Boolean(value & 0xfff9);
          const more = value & 1 ? "More follow." : "It is the last.";
          return [
            `from byte ${ip.offset}`,
            `A piece of a larger packet, from byte ${ip.offset} of what can be cut. ${more}`,
          ];
        });
        reader.take(4, "identification", "Identification", "fragment", () => [
          "identification",
          "The same in all pieces of a packet, so that they find together again.",
        ]);
      } else {
        ip.protocol = next("extension protocol");
        const size =
          6 +
          8 *
            reader.take(1, "extension length", "Length", "extension", (value) => [
              count(8 + 8 * value, "byte"),
              "How long this extension header is: 8 bytes, and 8 for each that is counted here.",
            ]);
        reader.take(size, "extension", name, "extension", () => [name, "What this extension header says."]);
      }
    }
    return ip;
  };

  /** Say of a checksum that covers a pseudo-header, too, if it is right. */
  const covers = (reader, start, at, ip) => {
    const bytes = reader.bytes.subarray(start, ip.end);
    const length = ip.end - start;
    const pseudo = sum(ip.addresses, (length >>> 16) + (length & 0xffff) + ip.protocol);
    const what = "Covers header and words, and the addresses, too";
    if (ip.isPiece) return ["checksum", `${what}: of the whole packet, not of this piece.`];
    if (reader.peek(at, 2) === pseudo) {
      return [
        "checksum, half done",
        "Left half done: only addresses, protocol and length are added up. A network card would do the rest; this packet passed none.",
      ];
    }
    if (bytes.length < length) return ["checksum", `${what}, of which the recording has not all.`];
    return sum(bytes, pseudo) === 0xffff
      ? ["checksum is right", `${what}. It is right.`]
      : ["checksum is wrong", `${what}, and is not what they add up to.`];
  };
  const byCard = (reader, start, at, ip) =>
    covers(reader, start, at, ip)[0] === "checksum, half done" ? "offload" : null;

  const ports = (reader, source, isFirst) => {
    const [from, to] = reader.quoted
      ? ["The socket that sent it has this port.", "The port it was meant for."]
      : [
          "The port it comes from: answers go there.",
          isFirst ? "The port it is for. Who listens there?" : "Which port on that machine it is for.",
        ];
    reader.take(2, "source port", "Source port", source, (value) => [`from port ${value}`, from]);
    reader.take(2, "destination port", "Destination port", source, (value) => [`to port ${value}`, to]);
  };

  const segment = (reader, ip, known) => {
    const start = reader.at;
    const bits = reader.peek(start + 13);
    const has = (flag) => Boolean(bits & FLAGS.find(([, name]) => name === flag)[0]);
    const header = Math.max(20, (reader.peek(start + 12) >> 4) * 4);
    const size = Math.max(0, ip.end - start - header); // of the payload
    const isFirst = has("SYN") && !has("ACK");
    if (!reader.quoted) reader.size = size;
    reader.begin("tcp", reader.quoted ? "From which socket?" : "Which socket?", `TCP, ${count(header, "byte")}`);
    ports(reader, "tcp", isFirst);
    reader.take(4, "seq", "Sequence number", has("RST") ? "reset" : "numbers", (value) =>
      counted(value, has, size, known),
    );
    reader.take(4, "ack", "Acknowledgment number", "numbers", (value) => acknowledged(value, has, known));
    reader.take(1, "offset", "Data offset", "tcp", (value) => [
      `${count((value >> 4) * 4, "byte")}`,
      `This header is ${value >> 4} rows of four bytes long, options included. The words begin after it.`,
    ]);
    reader.take(1, "flags", "Flags", "tcp", (value) => {
      const set = FLAGS.filter(([bit]) => value & bit);
      return [
        set.map(([, name]) => name).join(", ") || "none",
        set.map(([, name, says]) => `${name}: ${says}`).join(" ") || "None is set.",
      ];
    });
    reader.take(2, "window", "Window", "scale", (value) => room(value, has, known));
    const checksum = start + 16;
    reader.take(2, "checksum", "Checksum", byCard(reader, start, checksum, ip) ?? "tcp", () =>
      covers(reader, start, checksum, ip),
    );
    reader.take(2, "urgent", "Urgent pointer", "tcp", (value) => [
      has("URG") ? `urgent to byte ${value}` : "urgent, not used",
      has("URG") ? "The first byte after the urgent ones." : "Counts only where the URG flag is set.",
    ]);
    const end = Math.min(start + header, reader.bytes.length);
    while (reader.at < end) option(reader, end, has);
    words(reader, size, known);
  };

  const counted = (value, has, size, { seq, sent = 0, ownFin }) => {
    const wire = `on the wire ${value}`;
    if (seq === undefined) return ["sequence number", `The number of its first byte, ${wire}.`];
    if (has("SYN")) {
      const again = seq < sent ? " It is sent again." : "";
      return [
        "counting begins",
        `From here this side counts what it sends: ${wire}, here 0. The SYN has that number itself.${again}`,
      ];
    }
    if (has("RST"))
      return [
        `number ${written(seq)}`,
        `Where the reset stands in what this side sent: here ${written(seq)}, ${wire}.`,
      ];
    const end = seq + size + (has("FIN") ? 1 : 0);
    if (end === seq && seq < sent) {
      return [
        `number ${written(seq)}`,
        `Here ${written(seq)}, ${wire}. More than that was sent before: it was overtaken, or it is a probe that wants an answer.`,
      ];
    }
    const again = end <= sent ? " It was sent before." : "";
    if (size) {
      const says = `Its first byte is number ${written(seq)} of this side; ${wire}, where counting begins at a number that is hard to guess.${again}`;
      return [`first byte is number ${written(seq)}`, says];
    }
    if (has("FIN")) {
      return [`FIN is number ${written(seq)}`, `A FIN takes a number like a byte: ${written(seq)}, ${wire}.${again}`];
    }
    if (seq > ownFin) {
      return [
        "nothing more to come",
        `It brings no bytes, and after its FIN, number ${written(ownFin)}, this side has none: ${wire}.`,
      ];
    }
    return [
      `next byte will be ${written(seq)}`,
      `It brings no bytes. The next that this side sends will be number ${written(seq)}, ${wire}.`,
    ];
  };

  const acknowledged = (value, has, { ack = 0, fin }) => {
    if (!has("ACK")) return ["not in use", "Counts only where the ACK flag is set."];
    if (!ack) return ["acknowledgment", `The next byte it expects, on the wire ${value}.`];
    const wire = `on the wire ${value}`;
    if (ack === fin + 1)
      return [
        "all received, FIN too",
        `All that the other side sent has arrived, its FIN, number ${written(fin)}, too: ${wire}.`,
      ];
    if (ack === 1)
      return ["expects byte 1 next", `The other side's SYN, number 0, has arrived. Byte 1 is expected next, ${wire}.`];
    return [
      `expects byte ${written(ack)} next`,
      `All before byte ${written(ack)} of the other side has arrived. Byte ${written(ack)} is expected next, ${wire}.`,
    ];
  };

  const room = (value, has, { scale }) => {
    if (has("SYN"))
      return [
        `window ${count(value, "byte")}`,
        "So many bytes the sender would take now. In a SYN the number is never scaled.",
      ];
    if (has("RST")) return [`window ${value}`, "Means nothing here: after a reset no more bytes are taken."];
    if (scale === undefined)
      return [
        `window ${value}`,
        "How much the sender would take now. Its unit was agreed on in the handshake, which is not in this recording.",
      ];
    const bytes = count(value * 2 ** scale, "byte");
    return [
      `window ${bytes}`,
      scale
        ? `${value} times ${2 ** scale}, as this side's SYN said: it would take ${bytes} more now.`
        : `It would take ${bytes} more now.`,
    ];
  };

  const option = (reader, end, has) => {
    const kind = reader.peek(reader.at);
    const given = kind < 2 ? 1 : reader.peek(reader.at + 1);
    const size = Math.min(Math.max(given, kind < 2 ? 1 : 2), end - reader.at);
    const is = (number, length) => kind === number && given === length && size === length;
    if (kind === 0) {
      reader.take(end - reader.at, "option 0", "End of the options", "options", () => [
        "end",
        "The list of options ends; zeros fill the row.",
      ]);
    } else if (kind === 1) {
      reader.take(1, "option 1", "Option: no operation", "options", () => [
        "no-op",
        "Says nothing. It fills a row of four bytes, so that what follows begins where it should.",
      ]);
    } else if (is(2, 4)) {
      reader.take(4, "option 2", "Option: maximum segment size", "options", (value) => {
        const most = value & 0xffff;
        return [
          `largest segment ${count(most, "byte")}`,
          `Send me no more than ${count(most, "byte")} in one segment, headers not counted.`,
          most,
        ];
      });
    } else if (is(3, 3)) {
      reader.take(3, "option 3", "Option: window scale", "scale", (value) => {
        const shift = value & 0xff;
        return [
          `windows times ${2 ** Math.min(shift, 14)}`,
          `Multiply my windows by 2 to the power of ${shift}, from the next packet on, if you send this option as well.`,
          shift,
        ];
      });
    } else if (is(4, 2)) {
      reader.take(2, "option 4", "Option: SACK permitted", "permitted", () => [
        "SACK permitted",
        "You may tell me which later bytes arrived when earlier ones are missing.",
      ]);
    } else if (kind === 5 && size === given && (size - 2) % 8 === 0 && size > 2) {
      reader.take(2, "option 5", "Option: SACK", "sack", () => [
        "SACK",
        `${count((size - 2) / 8, "block")} of bytes arrived apart from the rest, or twice.`,
      ]);
      for (let left = size - 2; left > 0; left -= 8) {
        reader.take(4, "sack begin", "Begin of a block", "sack", (value) => [
          `block from ${value}`,
          "The first number of a block that arrived, as on the wire.",
        ]);
        reader.take(4, "sack end", "End of a block", "sack", (value) => [
          `block before ${value}`,
          "The number after the last of that block, as on the wire.",
        ]);
      }
    } else if (is(8, 10)) {
      reader.take(2, "option 8", "Option: timestamps", "stamps", () => [
        "timestamps",
        "Two readings of clocks follow, four bytes each.",
      ]);
      reader.take(4, "stamp", "Timestamp value", "stamps", (value) => [
        `sender's clock ${value}`,
        "A reading of the sender's clock, for the other side to send back.",
      ]);
      reader.take(4, "echo", "Timestamp echo reply", "stamps", (value) =>
        has("ACK")
          ? [
              `your clock ${value}`,
              "A reading that came from the other side, sent back: from it the other side learns how long there and back takes.",
            ]
          : [`echo ${value}`, "Counts only where the ACK flag is set: nothing has come yet that could be sent back."],
      );
    } else {
      reader.take(size, `option ${kind}`, `Option: kind ${kind}`, "options", () => [
        `option ${kind}`,
        "An option that is not explained here. Who does not know it passes over it.",
      ]);
    }
  };

  const userDatagram = (reader, ip) => {
    const start = reader.at;
    reader.begin("udp", reader.quoted ? "From which socket?" : "Which socket?", "UDP, 8 bytes");
    ports(reader, "udp", false);
    const length = reader.take(2, "udp length", "Length", "udp", (value) => [
      count(value, "byte"),
      `These 8 bytes and the words${ip.isPiece ? ", all pieces together" : ""}.`,
    ]);
    reader.take(2, "checksum", "Checksum", byCard(reader, start, start + 6, ip) ?? "udp", (value) =>
      value ? covers(reader, start, start + 6, ip) : ["no checksum", "0 says that the sender made none."],
    );
    const size = Math.max(0, ip.isPiece ? ip.end - reader.at : length - 8);
    words(reader, size, {});
  };

  const complaint = (reader, ip, protocol) => {
    const start = reader.at;
    const source = protocol === "ICMP" ? "icmp4" : "icmp6";
    const [name, codes] = ERRORS[protocol][reader.peek(start)] ?? [`type ${reader.peek(start)}`, []];
    const isTooBig =
      reader.peek(start) === (protocol === "ICMP" ? 3 : 2) && (protocol === "ICMPv6" || reader.peek(start + 1) === 4);
    const words = codes[reader.peek(start + 1)] ?? name;
    reader.begin("icmp", "What went wrong?", `${protocol}: ${words}`);
    reader.take(1, "type", "Type", source, (value) => [`type ${value}`, `Type ${value} of ${protocol}: ${name}.`]);
    reader.take(1, "code", "Code", source, (value) => [
      `code ${value}`,
      `Code ${value} of this type: ${codes[value] ?? "not explained here"}.`,
    ]);
    reader.take(2, "checksum", "Checksum", source, () => {
      if (protocol === "ICMPv6") return covers(reader, start, start + 2, ip);
      const bytes = reader.bytes.subarray(start, ip.end);
      if (bytes.length < ip.end - start)
        return ["checksum", "Covers this header and what follows, of which the recording has not all."];
      return sum(bytes) === 0xffff
        ? ["checksum is right", "Covers this header and what follows. It is right."]
        : ["checksum is wrong", "It is not what the bytes add up to."];
    });
    reader.take(4, "more", isTooBig ? "Greatest size" : "Rest of the header", source, (value) =>
      isTooBig
        ? [`${count(value, "byte")} at most`, "So large a packet would get through."]
        : ["rest of the header", "What it means, if anything, depends on the type."],
    );
    if (!(reader.peek(start) in ERRORS[protocol]) || reader.quoted) {
      const left = reader.bytes.length - reader.at;
      return payload(reader, "What it carries", left, ip.end - reader.at, {});
    }
    if (reader.at < reader.bytes.length) {
      reader.quoted = true;
      datagram(reader, {});
      reader.quoted = false;
    }
  };

  const words = (reader, size, known) =>
    payload(
      reader,
      reader.quoted ? "Its words" : known.sealed ? "What TLS made" : "Your words",
      Math.min(size, reader.bytes.length - reader.at),
      size,
      known,
    );

  /** Take bytes that a program sent: a field for each of the first, one for all others. */
  const payload = (reader, title, recorded, size, { seq }) => {
    if (recorded <= 0) return;
    const missing = Math.max(0, size - recorded);
    const about = `${count(Math.max(size, recorded), "byte")}${missing ? `, ${recorded} of them recorded` : ""}`;
    reader.begin("words", title, about);
    const shown = Math.min(recorded, LETTERS);
    for (let i = 0; i < shown; i++) {
      const name = seq === undefined ? `Byte ${i + 1}` : `Byte ${seq + i} of this direction`;
      reader.take(1, "byte", name, "letters", (value) => {
        const isLetter = value >= 0x20 && value < 0x7f;
        const what =
          value === 0x20
            ? "a space"
            : isLetter
              ? `the character ${String.fromCharCode(value)}`
              : value === 10
                ? "the end of a line"
                : value === 13
                  ? "a carriage return"
                  : "no character that can be shown";
        return [
          isLetter ? String.fromCharCode(value) : "",
          `${value} in decimal: ${what}${value < 0x80 ? " in ASCII" : " by itself"}.`,
        ];
      });
    }
    const more = recorded - shown;
    if (more > 0)
      reader.take(more, "bytes", "More of it", "letters", () => [
        `${more} more recorded`,
        `The ${count(more, "byte")} after these.`,
      ]);
  };

  // -- what the packets before it told ----------------------------------------------------------------------------------

  const readings = new WeakMap();

  /** Return the values of a row's fields by their ids, without what other packets tell of them. */
  const valuesOf = (row) => {
    if (!readings.has(row)) {
      const reader = read(row.dataset.raw);
      const values = { size: reader.size };
      for (const { id, value } of reader.layers.flatMap((layer) => layer.fields)) values[id] ??= value;
      readings.set(row, values);
    }
    return readings.get(row);
  };

  const given = (text) => (text ? Number(text) : undefined);

  /**
   * Return what a row and those before it tell: its relative numbers, what was sent before, the other side's FIN,
   * whether TLS made what it carries, and by how many bits its window is shifted.
   */
  const learn = (row) => {
    const own = valuesOf(row);
    const there = [own.source, own["source port"], own.destination, own["destination port"]].join();
    const back = [own.destination, own["destination port"], own.source, own["source port"]].join();
    const sides = { there: { sent: 0 } };
    sides.back = there === back ? sides.there : { sent: 0 }; // a socket may be connected to itself
    const take = (side, values, seq) => {
      if (values.flags & 2 && side.first !== values.seq) {
        Object.assign(side, { first: values.seq, sent: 0, fin: undefined, scale: values["option 3"] });
      }
      side.sent = Math.max(side.sent, seq + values.size + (values.flags & 2 ? 1 : 0) + (values.flags & 1 ? 1 : 0));
      if (values.flags & 1) side.fin = seq + values.size;
    };
    for (const one of (row.closest(".sk-run") ?? row.parentNode).querySelectorAll("[data-packet][data-raw]")) {
      if (one === row) break;
      const values = valuesOf(one);
      const way = [values.source, values["source port"], values.destination, values["destination port"]].join();
      if (way === there) take(sides.there, values, given(one.dataset.seq) ?? 0);
      else if (way === back) take(sides.back, values, given(one.dataset.seq) ?? 0);
    }
    const {
      there: { first, sent, fin, scale: shift },
      back: other,
    } = sides;
    const isShaken = first !== undefined && other.first !== undefined;
    return {
      seq: given(row.dataset.seq),
      ack: given(row.dataset.ack),
      sent: own.flags & 2 && own.seq !== first ? 0 : sent,
      fin: other.fin,
      ownFin: fin,
      sealed: "sealed" in row.dataset,
      scale: !isShaken ? undefined : shift === undefined || other.scale === undefined ? 0 : Math.min(shift, 14),
    };
  };

  /** Say what the kernel finds a socket with in such a packet: ids of fields, a sentence, and its source. */
  const keysOf = (layers) => {
    const kinds = layers.map((layer) => layer.kind);
    const values = Object.fromEntries(layers.flatMap((layer) => layer.fields).map(({ id, value }) => [id, value]));
    const all = ["protocol", "extension protocol", "source", "destination", "source port", "destination port"];
    const to = ["protocol", "extension protocol", "destination", "destination port"];
    if (kinds.includes("quoted ip")) {
      const quoted = all.map((id) => `quoted ${id}`);
      return [
        quoted,
        "The marked numbers are those of the datagram that it is about: they tell which socket sent it.",
        "icmp4",
      ];
    }
    const from = [values.source, values["source port"]].join();
    if (from === [values.destination, values["destination port"]].join() && "source port" in values) {
      return [all, "It comes from where it goes: the kernel finds the very socket that sent it.", "names"];
    }
    if (kinds.includes("tcp") && (values.flags & 0x12) === 2) {
      return [to, "A SYN asks for a new connection: by the marked numbers the kernel looks for a listener.", "states"];
    }
    if (kinds.includes("tcp")) {
      return [
        all,
        "Four of the marked numbers name the conversation; the fifth, 6, says that it is TCP. By these five the kernel finds the one socket it belongs to.",
        "names",
      ];
    }
    if (kinds.includes("udp")) {
      return [
        to,
        "By the marked numbers the kernel looks for a socket. One that is connected also asks where it comes from.",
        "connect",
      ];
    }
    return [[], ""];
  };

  // -- the opened packet ------------------------------------------------------------------------------------------------

  const make = (tag, attributes = {}, ...children) => {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
    element.append(...children);
    return element;
  };

  const cite = ({ label, url }) => make("a", { href: url, class: "sk-rests-on" }, label);

  /** Draw a layer as a table, in which a row has four bytes as in the RFCs; letters stand closer. */
  const draw = (layer, keys, fieldOf) => {
    const isWords = layer.kind.endsWith("words");
    const columns = isWords ? Math.min(8, layer.fields.length) : 4;
    const table = make("table", { role: "grid", "aria-label": `${layer.title} ${layer.about}`, class: "sk-bytes" });
    let row;
    let left = 0;
    for (const field of layer.fields) {
      const span = isWords ? (field.id.endsWith("byte") ? 1 : columns) : Math.min(4, field.size);
      if (span > left) {
        row = table.appendChild(make("tr"));
        left = columns;
      }
      left -= span;
      const cell = row.appendChild(make("td", { colspan: span, tabindex: -1, "aria-selected": false }));
      const bytes = hex(fieldOf.bytes.subarray(field.at, field.at + field.size));
      const code = make("code", {}, bytes.join(" ").replace(/((?:.. ){7}..) /g, "$1\n"));
      if (field.id.endsWith("byte")) {
        cell.className = "sk-byte";
        cell.append(
          ...(field.reading
            ? [make("b", {}, field.reading), code]
            : [make("b", { class: "sk-unread" }, code.textContent)]),
        );
      } else {
        cell.append(code, field.reading);
        if (keys.includes(field.id)) cell.className = "sk-finder";
      }
      fieldOf.set(cell, field);
    }
    const head = make("p", {}, make("b", {}, layer.title), ` ${layer.about}`);
    return make("div", { class: `sk-layer${isWords ? " sk-payload" : ""}`, "data-columns": columns }, head, table);
  };

  const move = (cells, from, key) => {
    const at = cells.indexOf(from);
    if (key === "Home") return cells[0];
    if (key === "End") return cells.at(-1);
    if (key === "ArrowLeft") return cells[at - 1];
    if (key === "ArrowRight") return cells[at + 1];
    const rows = [...new Set(cells.map((cell) => cell.parentNode))];
    const row = rows[rows.indexOf(from.parentNode) + (key === "ArrowUp" ? -1 : 1)];
    let left = 0; // columns, up to the one that is left
    for (const cell of from.parentNode.cells) {
      if (cell === from) break;
      left += cell.colSpan;
    }
    return [...(row?.cells ?? [])].findLast((cell) => {
      const before = [...row.cells].slice(0, cell.cellIndex).reduce((total, one) => total + one.colSpan, 0);
      return before <= left;
    });
  };

  /**
   * Open a packet.
   *
   * Args:
   *   row: The ladder's row, with `data-raw`, `data-seq` and `data-ack`, among those of its run.
   *   number: The packet's number in the run.
   *   from: What its sender is called.
   *   to: What its receiver is called.
   *   onClose: Called when a reader closes it, after it has left the page.
   *
   * Returns: The element to show. It takes the focus once it stands on the page.
   */
  const open = (row, { number, from, to, onClose }) => {
    const known = learn(row);
    const { layers, bytes } = read(row.dataset.raw, known);
    const [keys, finds, source] = keysOf(layers);
    const fieldOf = Object.assign(new Map(), { bytes });
    const columns = [[], [], []];
    layers.forEach((layer, index) => {
      const at = ["ip", "extension"].includes(layer.kind)
        ? 0
        : ["tcp", "udp", "icmp"].includes(layer.kind)
          ? 1
          : Math.min(index, 2);
      columns[at].push(draw(layer, keys, fieldOf));
    });
    const isQuoting = layers.some((layer) => layer.kind === "quoted ip");
    if (finds) columns[isQuoting ? 2 : 0].push(make("p", { class: "sk-finds" }, `${finds} `, cite(SOURCES[source])));
    if (!isQuoting && !layers.some((layer) => layer.kind === "words")) {
      columns[2].push(
        make("div", { class: "sk-layer" }, make("p", {}, make("b", {}, "No words"), " the envelope is the message")),
      );
    }
    const told = make("div", { class: "sk-means", "aria-live": "polite" });
    const shut = make("button", { type: "button", class: "sk-envelope-shut" }, "Close");
    const length = layers[0].fields.find((field) => field.id === "length")?.value;
    const whole = length === undefined ? bytes.length : length + (bytes[0] >> 4 === 6 ? 40 : 0);
    const title = `Packet ${number}, opened`;
    const box = make(
      "div",
      { class: "sk-envelope", role: "group", "aria-label": title },
      make("p", { class: "sk-envelope-head" }, make("b", {}, title), ` ${count(whole, "byte")}, from ${from} to ${to}`),
      shut,
      make(
        "div",
        { class: isQuoting ? "sk-layers sk-quoting" : "sk-layers" },
        told,
        ...columns.map((column) => make("div", {}, ...column)),
      ),
    );

    const cells = [...fieldOf.keys()];
    let chosen;
    const choose = (cell) => {
      if (!cell || cell === chosen) return;
      chosen?.setAttribute("aria-selected", false);
      chosen?.setAttribute("tabindex", -1);
      chosen = cell;
      chosen.setAttribute("aria-selected", true);
      chosen.setAttribute("tabindex", 0);
      const { name, size, says, label, url } = fieldOf.get(chosen);
      told.replaceChildren(make("b", {}, `${name}, ${count(size, "byte")}`), ` ${says} `, cite({ label, url }));
    };
    const close = () => {
      const chip = row.querySelector(".sk-chip");
      const hadFocus = box.contains(document.activeElement);
      box.remove();
      onClose?.();
      if (hadFocus) chip?.focus();
    };
    shut.addEventListener("click", close);
    box.addEventListener("click", (event) => event.target.closest(".sk-bytes td")?.focus({ preventScroll: true }));
    box.addEventListener("focusin", (event) => choose(event.target.closest(".sk-bytes td")));
    box.addEventListener(
      "pointerover",
      (event) => event.pointerType === "mouse" && choose(event.target.closest(".sk-bytes td")),
    );
    box.addEventListener("keydown", (event) => {
      if (event.altKey || event.ctrlKey || event.metaKey) return;
      if (event.key === "Escape") close();
      else if (!event.target.closest(".sk-bytes td") || !/^(Arrow(Left|Right|Up|Down)|Home|End)$/.test(event.key))
        return;
      else move(cells, chosen, event.key)?.focus();
      event.preventDefault();
      event.stopPropagation();
    });
    const first = (...ids) => cells.find((cell) => ids.includes(fieldOf.get(cell).id));
    choose(first("byte") ?? first("flags", "code", "destination port") ?? cells[0]); // what is said, or else what for
    const own = layers.find((layer) => layer.kind === "words")?.fields.reduce((sum, field) => sum + field.size, 0);
    if (own && own < bytes.length) {
      // The reader who opens it sees its head, and the words are far below.
      const carried = own + Math.max(0, whole - bytes.length); // of which the recording may have but the first
      const last = carried === 1 ? "the last one" : `the last ${written(carried)}`;
      const words = known.sealed ? `${last} TLS made` : `${last} ${carried === 1 ? "is" : "are"} yours`;
      const head = `${count(bytes.length - own, "byte")} are the envelope, ${words}.`;
      told.replaceChildren(make("b", {}, head), " Choose any byte to read what it means.");
    }
    queueMicrotask(() => {
      chosen.focus({ preventScroll: true });
      const isStill = matchMedia("(prefers-reduced-motion: reduce)").matches;
      const block = box.offsetHeight > innerHeight / 2 ? "start" : "nearest";
      box.scrollIntoView({ block, behavior: isStill ? "auto" : "smooth" });
    });
    return box;
  };

  window.sockPacket = { open, dress, read: (row) => read(row.dataset.raw, learn(row)).layers };
}
