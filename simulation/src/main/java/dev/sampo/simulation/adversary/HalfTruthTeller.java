package dev.sampo.simulation.adversary;

import dev.sampo.core.message.PeerMessage;
import dev.sampo.core.message.PeerMessage.BlockResponse;
import dev.sampo.core.message.PeerMessage.Certificates;
import dev.sampo.core.message.PeerMessage.FinalBlocks;
import java.util.List;
import java.util.Optional;

/** Answers requests with what was not asked for, in part, or not at all. */
final class HalfTruthTeller implements Adversary {

  private final Liar liar;

  HalfTruthTeller(Liar liar) {
    this.liar = liar;
  }

  @Override
  public List<Outgoing> rewrite(Outgoing honest) {
    boolean stalls = liar.random().nextBoolean();
    return switch (honest.message()) {
      case Certificates(var certificates, _) when certificates.size() > 1 ->
          List.of(honest.saying(new Certificates(certificates.subList(0, 1), List.of())));
      case Certificates c when stalls -> List.of();
      case BlockResponse r when stalls -> List.of();
      case FinalBlocks b ->
          stalls ? List.of() : List.of(honest.saying(new FinalBlocks(List.of(), Optional.empty())));
      case PeerMessage other -> List.of(honest);
    };
  }
}
