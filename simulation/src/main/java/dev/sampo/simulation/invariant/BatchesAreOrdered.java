package dev.sampo.simulation.invariant;

import dev.sampo.core.block.Block;
import dev.sampo.core.block.Cut;
import dev.sampo.core.block.Cut.Tip;
import dev.sampo.core.execution.ExecutedBlock;
import dev.sampo.core.lane.Batch;
import dev.sampo.core.transaction.SignedTransaction;
import dev.sampo.core.types.Hash;
import dev.sampo.core.types.Height;
import dev.sampo.core.types.ValidatorIndex;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.TreeMap;

/**
 * L5 and I13: whoever executes a block holds every batch that it orders on disk, so that it serves
 * them, and executes just their transactions, in the one order that the cuts name.
 */
public final class BatchesAreOrdered implements Invariant {

  private final Ground ground;
  private final LinkedHashMap<Hash, Batch> batches = new LinkedHashMap<>();
  private final TreeMap<ValidatorIndex, LinkedHashSet<Hash>> held = new TreeMap<>();
  private final TreeMap<Height, Cut> cuts = new TreeMap<>();

  public BatchesAreOrdered(Ground ground) {
    this.ground = ground;
    cuts.put(Height.ZERO, ground.genesis().block().cut());
  }

  @Override
  public String id() {
    return "I13";
  }

  @Override
  public boolean watches(Class<? extends Observation> kind) {
    return kind == Observation.Lost.class
        || kind == Observation.Stored.class
        || kind == Observation.Appended.class;
  }

  @Override
  public void observe(Observation observation, Findings findings) {
    switch (observation) {
      case Observation.Appended(var by, var writes) -> {
        for (var batch : writes.batches()) {
          batches.putIfAbsent(batch.digest(), batch);
          held.computeIfAbsent(by, _ -> new LinkedHashSet<>()).add(batch.digest());
        }
      }
      case Observation.Lost(var by) -> held.remove(by);
      case Observation.Stored(var by, var blocks, _) -> {
        if (ground.isHonest(by)) {
          blocks.forEach(executed -> executed(by, executed, findings));
        }
      }
      case Observation other -> {}
    }
  }

  private void executed(ValidatorIndex by, ExecutedBlock executed, Findings findings) {
    var block = executed.block();
    cuts.putIfAbsent(block.height(), block.cut());
    var before = cuts.lowerEntry(block.height());
    var parent = before == null ? block.cut() : before.getValue();
    var expected = new ArrayList<SignedTransaction>();
    if (!block.cut().equals(parent)) {
      order(by, block, parent, expected, findings);
    }
    expected.addAll(block.inline());
    if (!executed.ordered().entries().equals(expected)) {
      findings.violated(this, by + " executes other entries of " + block + " than it orders");
    }
  }

  private void order(
      ValidatorIndex by,
      Block block,
      Cut parent,
      List<SignedTransaction> expected,
      Findings findings) {
    int lanes = parent.tips().size();
    var segments = new ArrayList<ArrayDeque<Batch>>();
    for (int lane = 0; lane < lanes; lane++) {
      segments.add(segment(by, block.cut().tips().get(lane), parent.tips().get(lane), findings));
    }
    int first = (int) (block.view().number() % lanes);
    while (segments.stream().anyMatch(segment -> !segment.isEmpty())) {
      for (int turn = 0; turn < lanes; turn++) {
        var next = segments.get((first + turn) % lanes).poll();
        if (next != null) {
          expected.addAll(next.transactions());
        }
      }
    }
  }

  private ArrayDeque<Batch> segment(ValidatorIndex by, Tip tip, Tip above, Findings findings) {
    var segment = new ArrayDeque<Batch>();
    var digest = tip.digest();
    for (long height = tip.height().number(); height > above.height().number(); height--) {
      var batch = batches.get(digest);
      if (batch == null || !held.getOrDefault(by, new LinkedHashSet<>()).contains(digest)) {
        findings.violated(this, by + " executes without batch " + digest + " at " + height);
        return segment;
      }
      segment.addFirst(batch);
      digest = batch.statement().parent();
    }
    return segment;
  }
}
