package dev.sampo.simulation.invariant;

import dev.sampo.core.assets.AssetId;
import dev.sampo.core.vote.CertificateVerifier;
import java.util.ArrayList;
import java.util.List;

/** Which invariants a run is held to. */
public final class Invariants {

  private Invariants() {}

  /** All that hold for these liars; what presumes at most f of them is left out beyond f. */
  public static List<Invariant> all(Ground ground, CertificateVerifier verifier, AssetId asset) {
    var all = new ArrayList<Invariant>();
    if (ground.isTolerated()) {
      all.add(new UniqueNotarization());
      all.add(new NullOrFinal());
      all.add(new FinalIsNotarized());
      all.add(new ChainsAgree(ground));
      all.add(new FinalBlocksAreValid(ground));
      all.add(new ParentIsProven(ground));
      all.add(new LogIsIdentical(ground));
      all.add(new CutsGrow(ground));
      all.add(new BacklogIsBounded(ground));
      all.add(new BatchesAreOrdered(ground));
      all.add(new AcksHold(ground));
      all.add(new AttestationsAgree(ground));
      all.add(new AssetsConserved(ground));
      all.add(new ReceiptsAsTold(ground));
      all.add(new HistoriesLinearize(ground, asset));
      all.add(new HonestGoOn(ground));
      for (var liveness : Liveness.values()) {
        all.add(liveness.invariant(ground));
      }
    } else {
      all.add(new ForkIsAttributed(ground));
    }
    all.add(new SlotsMoveForward(ground));
    all.add(new DurableBeforeSaid(ground));
    all.add(new OneWriter(ground));
    all.add(new RecoveryHolds(ground));
    all.add(new IncarnationsHold(ground));
    all.add(new ViewsGrow(ground));
    all.add(new HonestNotAccused(ground));
    all.add(new CertificatesHold(ground, verifier));
    all.add(new SignaturesWereGiven(ground));
    all.add(new ServedBlocksAreProven(ground, verifier));
    all.add(new MemoryIsBounded(ground));
    all.add(new EgressIsBounded(ground));
    all.add(new ProposalsAreFresh(ground));
    return all;
  }
}
