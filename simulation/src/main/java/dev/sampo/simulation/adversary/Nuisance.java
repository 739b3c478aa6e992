package dev.sampo.simulation.adversary;

import dev.sampo.core.message.PeerMessage;
import dev.sampo.core.message.PeerMessage.BlockRequest;
import dev.sampo.core.message.PeerMessage.CertificateRequest;
import dev.sampo.core.message.PeerMessage.FinalBlocksRequest;
import dev.sampo.core.types.Epoch;
import dev.sampo.core.types.Hash;
import dev.sampo.core.types.Height;
import dev.sampo.core.types.View;
import java.util.List;

/** Asks for huge ranges again and again. */
final class Nuisance implements Adversary {

  private final Liar liar;

  Nuisance(Liar liar) {
    this.liar = liar;
  }

  @Override
  public List<Outgoing> rewrite(Outgoing honest) {
    if (liar.random().nextInt(4) != 0) {
      return List.of(honest);
    }
    PeerMessage request =
        switch (liar.random().nextInt(3)) {
          case 0 -> new CertificateRequest(Epoch.ZERO, View.of(1), View.of(Long.MAX_VALUE));
          case 1 -> new FinalBlocksRequest(Height.of(1));
          default -> new BlockRequest(Hash.ZERO);
        };
    return List.of(honest, honest.saying(request));
  }
}
