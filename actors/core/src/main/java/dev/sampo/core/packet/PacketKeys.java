package dev.sampo.core.packet;

import dev.sampo.core.types.Bytes;
import dev.sampo.core.types.Hash;
import dev.sampo.core.types.Height;
import dev.sampo.core.types.LedgerId;

/**
 * The keys of packets in an application's state, all of them printable ASCII: {@code client/PEER},
 * {@code anchor/PEER/HEIGHT}, {@code channel/CH}, {@code commitment/CH/SEQ}, {@code
 * receipt/CH/SEQ}, {@code ack/CH/SEQ}, {@code flow/CH/DIRECTION}, {@code flow/CH/DIRECTION/ASSET},
 * {@code operators}, {@code approval/ACTION/ACCOUNT} and {@code done/ACTION}. PEER is a ledger id
 * and ACTION a hash, in hexadecimal; HEIGHT and SEQ have 19 digits, so that they sort as numbers.
 * No part holds a {@code /} but what comes last, so that no two names are the same.
 */
public final class PacketKeys {

  static final Bytes OPERATORS = Bytes.ofAscii("operators");

  private static final int DIGITS = 19;

  private PacketKeys() {}

  /** Which way packets go, as one end sees it. */
  enum Direction {
    SENT("sent"),
    RECEIVED("received");

    private final String word;

    Direction(String word) {
      this.word = word;
    }
  }

  public static Bytes client(LedgerId peer) {
    return Bytes.ofAscii("client/" + peer.hex());
  }

  public static Bytes anchor(LedgerId peer, Height height) {
    return Bytes.ofAscii("anchor/" + peer.hex() + "/" + digits(height.number()));
  }

  public static Bytes channel(ChannelId channel) {
    return Bytes.ofAscii("channel/" + channel);
  }

  /** Holds the encoded packet until its end is known here. */
  public static Bytes commitment(ChannelId channel, long sequence) {
    return Bytes.ofAscii("commitment/" + channel + "/" + digits(sequence));
  }

  /** Holds the byte 1 for ever, once the packet was received. */
  public static Bytes receipt(ChannelId channel, long sequence) {
    return Bytes.ofAscii("receipt/" + channel + "/" + digits(sequence));
  }

  /** Holds the encoded acknowledgement for ever. */
  public static Bytes acknowledgement(ChannelId channel, long sequence) {
    return Bytes.ofAscii("ack/" + channel + "/" + digits(sequence));
  }

  static Bytes flow(ChannelId channel, Direction direction) {
    return Bytes.ofAscii("flow/" + channel + "/" + direction.word);
  }

  static Bytes flow(ChannelId channel, Direction direction, String asset) {
    return Bytes.ofAscii("flow/" + channel + "/" + direction.word + "/" + asset);
  }

  static Bytes approval(Hash action, String account) {
    return Bytes.ofAscii("approval/" + action.hex() + "/" + account);
  }

  static Bytes done(Hash action) {
    return Bytes.ofAscii("done/" + action.hex());
  }

  /** Where keys start that begin with {@code path} and a slash, and where they end. */
  record Range(Bytes from, Bytes to) {}

  static Range anchors(LedgerId peer) {
    return below("anchor/" + peer.hex());
  }

  static Range approvals() {
    return below("approval");
  }

  static Range approvals(Hash action) {
    return below("approval/" + action.hex());
  }

  static Range channels() {
    return below("channel");
  }

  /** What the channel is called whose key this is. */
  static ChannelId channelOf(Bytes key) {
    var name = new StringBuilder();
    for (int i = "channel/".length(); i < key.length(); i++) {
      name.append((char) key.at(i));
    }
    return new ChannelId(name.toString());
  }

  static Bytes commitmentsEnd(ChannelId channel) {
    return below("commitment/" + channel).to();
  }

  /** 0 follows / in ASCII. */
  private static Range below(String path) {
    return new Range(Bytes.ofAscii(path + "/"), Bytes.ofAscii(path + "0"));
  }

  private static String digits(long number) {
    var text = Long.toString(number);
    return "0".repeat(DIGITS - text.length()) + text;
  }
}
