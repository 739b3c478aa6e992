package dev.sampo.core.packet.relay;

import dev.sampo.core.packet.PacketOperation.AcknowledgePacket;
import dev.sampo.core.packet.PacketOperation.OnPacket;
import dev.sampo.core.packet.PacketOperation.ReceivePacket;
import dev.sampo.core.packet.PacketOperation.TimeoutPacket;
import java.util.Locale;

/** What a relayer does for a packet, or for the light client that it is proven to. */
public enum RelayStep {
  UPDATE,
  RECEIVE,
  ACKNOWLEDGE,
  TIME_OUT;

  static RelayStep of(OnPacket operation) {
    return switch (operation) {
      case ReceivePacket _ -> RECEIVE;
      case AcknowledgePacket _ -> ACKNOWLEDGE;
      case TimeoutPacket _ -> TIME_OUT;
    };
  }

  /** In lower case, as metrics have it. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
