package dev.sampo.core.packet;

import dev.sampo.core.types.Bytes;
import dev.sampo.core.types.Hash;
import dev.sampo.core.types.Height;
import dev.sampo.core.types.LedgerId;
import java.nio.charset.StandardCharsets;

/**
 * The keys of packets in an application's state, all of them printable ASCII: {@code client/PEER},
 * {@code anchor/PEER/HEIGHT}, {@code channel/CH}, {@code commitment/CH/SEQ}, {@code
 * receipt/CH/SEQ}, {@code ack/CH/SEQ}, {@code flow/CH/DIRECTION}, {@code flow/CH/DIRECTION/ASSET},
 * {@code operators}, {@code approval/ACTION/ACCOUNT} and {@code done/ACTION}. PEER is a ledger id
 * and ACTION a hash, in hexadecimal; HEIGHT and SEQ have 19 digits, so that they sort as numbers.
 * No part holds a {@code /} but what comes last, so that no two names are the same.
 */
public final class PacketKeys {

  static final Bytes OPERATORS = key("operators");

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
    return key("client/" + peer.hex());
  }

  public static Bytes anchor(LedgerId peer, Height height) {
    return key("anchor/" + peer.hex() + "/" + digits(height.number()));
  }

  public static Bytes channel(ChannelId channel) {
    return key("channel/" + channel);
  }

  /** Holds the encoded packet until its end is known here. */
  public static Bytes commitment(ChannelId channel, long sequence) {
    return key("commitment/" + channel + "/" + digits(sequence));
  }

  /** Holds the byte 1 for ever, once the packet was received. */
  public static Bytes receipt(ChannelId channel, long sequence) {
    return key("receipt/" + channel + "/" + digits(sequence));
  }

  /** Holds the encoded acknowledgement for ever. */
  public static Bytes acknowledgement(ChannelId channel, long sequence) {
    return key("ack/" + channel + "/" + digits(sequence));
  }

  static Bytes flow(ChannelId channel, Direction direction) {
    return key("flow/" + channel + "/" + direction.word);
  }

  static Bytes flow(ChannelId channel, Direction direction, String asset) {
    return key("flow/" + channel + "/" + direction.word + "/" + asset);
  }

  static Bytes approval(Hash action, String account) {
    return key("approval/" + action.hex() + "/" + account);
  }

  static Bytes done(Hash action) {
    return key("done/" + action.hex());
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

  /** 0 follows / in ASCII. */
  private static Range below(String path) {
    return new Range(key(path + "/"), key(path + "0"));
  }

  private static String digits(long number) {
    var text = Long.toString(number);
    return "0".repeat(DIGITS - text.length()) + text;
  }

  private static Bytes key(String ascii) {
    return Bytes.owning(ascii.getBytes(StandardCharsets.US_ASCII));
  }
}
