package dev.sampo.core.packet;

import dev.sampo.core.state.StateKey;
import dev.sampo.core.types.Bytes;
import dev.sampo.core.types.LedgerId;
import dev.sampo.core.types.LedgerTime;
import dev.sampo.core.wire.Malformed;
import dev.sampo.core.wire.WireReader;
import dev.sampo.core.wire.WireWriter;

/**
 * A message from one ledger to another (protocol 4.1).
 *
 * @param sequence counted from 1 on each channel; never reused
 * @param timeout never received in a block of the destination with this time or a later one (T1)
 * @param application what sends and receives it, at most 32 bytes
 * @param content what the application says, in its own encoding; at most {@link
 *     #CONTENT_LENGTH_MAX} bytes
 * @param version only {@link #VERSION} is received (T9)
 */
public record Packet(
    End source,
    End destination,
    long sequence,
    LedgerTime timeout,
    String application,
    Bytes content,
    int version) {

  /** The only version there is. */
  public static final int VERSION = 1;

  public static final int CONTENT_LENGTH_MAX = 4_096;

  private static final int APPLICATION_LENGTH_MAX = 32;

  /** Where a packet comes from, or goes to. */
  public record End(LedgerId ledger, ChannelId channel) {

    private void writeTo(WireWriter out) {
      out.fixed(ledger.value()).text(channel.name());
    }

    private static End readFrom(WireReader in) throws Malformed {
      return new End(new LedgerId(in.fixed(LedgerId.LENGTH)), ChannelId.readFrom(in));
    }
  }

  public Packet {
    if (sequence < 1 || content.length() > CONTENT_LENGTH_MAX) {
      throw new IllegalArgumentException("a packet has a number from 1 on and bounded content");
    }
  }

  /** The leaf of the source's state that holds the packet while nothing is known of its end. */
  public StateKey commitmentKey() {
    return StateKey.application(PacketKeys.commitment(source.channel, sequence));
  }

  /** The leaf of the destination's state that shows that the packet was received. */
  public StateKey receiptKey() {
    return StateKey.application(PacketKeys.receipt(destination.channel, sequence));
  }

  /** The leaf of the destination's state that holds its acknowledgement. */
  public StateKey acknowledgementKey() {
    return StateKey.application(PacketKeys.acknowledgement(destination.channel, sequence));
  }

  public Bytes encoded() {
    return WireWriter.encode(this::writeTo);
  }

  public void writeTo(WireWriter out) {
    source.writeTo(out);
    destination.writeTo(out);
    out.u64(sequence).u64(timeout.millis()).text(application).bytes(content).u16(version);
  }

  public static Packet decode(Bytes encoded) throws Malformed {
    return WireReader.decode(encoded, Packet::readFrom);
  }

  public static Packet readFrom(WireReader in) throws Malformed {
    return new Packet(
        End.readFrom(in),
        End.readFrom(in),
        in.u64(),
        LedgerTime.ofMillis(in.u64()),
        in.text(APPLICATION_LENGTH_MAX),
        in.bytes(CONTENT_LENGTH_MAX),
        in.u16());
  }
}
