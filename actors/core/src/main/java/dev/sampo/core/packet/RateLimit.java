package dev.sampo.core.packet;

import dev.sampo.core.packet.PacketHandler.Load;
import dev.sampo.core.packet.PacketKeys.Direction;
import dev.sampo.core.state.State;
import dev.sampo.core.types.Bytes;
import dev.sampo.core.types.LedgerTime;
import dev.sampo.core.wire.Malformed;
import dev.sampo.core.wire.WireReader;
import dev.sampo.core.wire.WireWriter;
import java.util.List;
import java.util.Optional;

/**
 * Counts what passes through a channel in one direction, in windows of block time that start at
 * multiples of their length (T7).
 */
final class RateLimit {

  private final ChannelId channel;
  private final ChannelLimits limits;
  private final Direction direction;

  RateLimit(ChannelId channel, ChannelLimits limits, Direction direction) {
    this.channel = channel;
    this.limits = limits;
    this.direction = direction;
  }

  /** What has passed in the window with this number. */
  private record Used(long window, long amount) {

    static Used readFrom(WireReader in) throws Malformed {
      return new Used(in.u64(), in.u64());
    }

    Bytes encoded() {
      return WireWriter.encode(out -> out.u64(window).u64(amount));
    }
  }

  /** Counts one more packet, and each of its loads. */
  Optional<PacketError> count(List<Load> loads, LedgerTime now, State state) {
    long window = now.millis() / limits.window();
    boolean fits =
        fits(PacketKeys.flow(channel, direction), new Used(window, 1), limits.packetsMax(), state)
            && loads.stream()
                .allMatch(
                    load ->
                        fits(
                            PacketKeys.flow(channel, direction, load.asset()),
                            new Used(window, load.amount()),
                            limits.amountMax(),
                            state));
    return fits ? Optional.empty() : Optional.of(PacketError.RATE_LIMITED);
  }

  private static boolean fits(Bytes key, Used more, long most, State state) {
    long before =
        PacketState.get(state, key, Used::readFrom)
            .filter(used -> used.window == more.window)
            .map(Used::amount)
            .orElse(0L);
    if (more.amount > most - before) {
      return false;
    }
    state.put(key, new Used(more.window, before + more.amount).encoded());
    return true;
  }
}
