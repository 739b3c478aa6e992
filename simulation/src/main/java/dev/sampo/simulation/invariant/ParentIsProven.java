package dev.sampo.simulation.invariant;

import dev.sampo.core.block.BlockHeader;
import dev.sampo.core.message.PeerMessage.BlockResponse;
import dev.sampo.core.message.PeerMessage.Proposal;
import dev.sampo.core.types.Hash;
import dev.sampo.core.types.View;
import dev.sampo.core.vote.Statement;
import java.util.LinkedHashMap;
import java.util.TreeMap;
import java.util.TreeSet;

/** I8: the parent of a notarized block is notarized or genesis, and all views between are null. */
public final class ParentIsProven implements Invariant {

  private final Hash genesis;
  private final LinkedHashMap<Hash, BlockHeader> headers = new LinkedHashMap<>();
  private final TreeMap<View, Hash> notarized = new TreeMap<>();
  private final TreeSet<View> nullified = new TreeSet<>();

  public ParentIsProven(Ground ground) {
    this.genesis = ground.genesis().block().hash();
  }

  @Override
  public String id() {
    return "I8";
  }

  @Override
  public boolean watches(Class<? extends Observation> kind) {
    return kind == Observation.Sent.class || kind == Observation.Constructible.class;
  }

  @Override
  public void observe(Observation observation, Findings findings) {
    switch (observation) {
      case Observation.Sent(_, _, Proposal(var block, _, _)) ->
          headers.put(block.hash(), block.header());
      case Observation.Sent(_, _, BlockResponse(var block)) ->
          headers.put(block.hash(), block.header());
      case Observation.Constructible(Statement.Nullify(_, var view)) -> nullified.add(view);
      case Observation.Constructible(Statement.Notarize(_, var view, var block)) -> {
        notarized.putIfAbsent(view, block);
        check(view, block, findings);
      }
      case Observation other -> {}
    }
  }

  private void check(View view, Hash block, Findings findings) {
    var header = headers.get(block);
    if (header == null) {
      findings.violated(this, "a block that nobody sent is notarized in view " + view);
      return;
    }
    var expected =
        header.parentView().equals(View.ZERO) ? genesis : notarized.get(header.parentView());
    if (!header.parent().equals(expected)) {
      findings.violated(this, "the parent of the block of view " + view + " is not notarized");
    }
    for (var gap = header.parentView().next(); gap.isBefore(view); gap = gap.next()) {
      if (!nullified.contains(gap)) {
        findings.violated(this, "view " + view + " skips " + gap + " without proof");
      }
    }
  }
}
