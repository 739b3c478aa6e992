package dev.sampo.core.packet;

import dev.sampo.core.execution.Outcome;
import dev.sampo.core.state.State;
import dev.sampo.core.types.Bytes;
import java.util.List;

/**
 * What an application does with its packets. It is called only after the packet's receipt is
 * written or its commitment deleted (T4), so that no call can come twice for one packet. A call
 * writes at most 50 keys and tells at most 15 events: what is above that, or throws, fails not only
 * the packet but all that is bundled with it (T11).
 */
public interface PacketHandler {

  /** The application that packets name. */
  String application();

  /** What a packet with this content moves; nothing if the content makes no sense. */
  List<Load> loads(Bytes content);

  /**
   * Takes in what a packet brings. A failure is told to the sender, who gets back what was sent;
   * what was written here is then undone.
   */
  Outcome receive(Packet packet, State state);

  /** A packet has arrived, and its receiver has taken in what it brought. */
  Outcome settle(Packet packet, State state);

  /** Gives back to the sender what the packet took. */
  Outcome refund(Packet packet, State state);

  /**
   * What counts against a channel's limits (T7).
   *
   * @param asset printable ASCII without blanks, at most {@link #ASSET_LENGTH_MAX} characters
   */
  record Load(String asset, long amount) {

    public static final int ASSET_LENGTH_MAX = 192;

    public Load {
      if (asset.length() > ASSET_LENGTH_MAX
          || !asset.chars().allMatch(c -> c > ' ' && c <= '~')
          || amount < 0) {
        throw new IllegalArgumentException("a load has an asset and an amount");
      }
    }
  }
}
