package dev.sampo.simulation.invariant;

import dev.sampo.core.execution.TransactionResult;
import dev.sampo.core.transaction.Receipt;
import dev.sampo.core.transaction.TransactionId;
import dev.sampo.core.types.Height;
import dev.sampo.core.types.LedgerTime;
import dev.sampo.simulation.invariant.Observation.Answer;
import dev.sampo.simulation.invariant.Observation.Operation;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.TreeMap;

/** What clients were told of a transaction is what the ledger says, then and for ever. */
public final class ReceiptsAsTold implements Invariant {

  private final Ground ground;
  private final LinkedHashMap<TransactionId, Receipt> receipts = new LinkedHashMap<>();
  private final LinkedHashSet<TransactionId> expired = new LinkedHashSet<>();
  private final TreeMap<Height, LedgerTime> times = new TreeMap<>();

  public ReceiptsAsTold(Ground ground) {
    this.ground = ground;
    times.put(Height.ZERO, ground.genesis().block().header().time());
  }

  @Override
  public String id() {
    return "receipts";
  }

  @Override
  public boolean watches(Class<? extends Observation> kind) {
    return kind == Observation.Stored.class || kind == Observation.Returned.class;
  }

  @Override
  public void observe(Observation observation, Findings findings) {
    switch (observation) {
      case Observation.Stored(var by, var blocks, _) -> {
        if (ground.isHonest(by)) {
          for (var stored : blocks) {
            var header = stored.block().header();
            times.putIfAbsent(header.height(), header.time());
            stored.results().forEach(result -> executed(result, findings));
          }
        }
      }
      case Observation.Returned(Operation.Write write, var answer) -> told(write, answer, findings);
      case Observation other -> {}
    }
  }

  private void executed(TransactionResult result, Findings findings) {
    if (result instanceof TransactionResult.Executed(var receipt)) {
      receipts.putIfAbsent(receipt.id(), receipt);
      if (expired.contains(receipt.id())) {
        findings.violated(this, receipt.id() + " executed although a client was told it expired");
      }
    }
  }

  private void told(Operation.Write write, Answer answer, Findings findings) {
    var id = write.id();
    var receipt = receipts.get(id);
    boolean holds =
        switch (answer) {
          case Answer.Executed(var height, int index, var code) ->
              receipt != null
                  && receipt.height().equals(height)
                  && receipt.index() == index
                  && receipt.code().equals(code);
          case Answer.Expired(var height) -> {
            expired.add(id);
            // 7.16: it is the time of a final block that decides, no clock.
            var time = times.get(height);
            yield receipt == null && time != null && !time.isBefore(write.validUntil());
          }
          case Answer.Balance b -> false;
        };
    if (!holds) {
      findings.violated(this, "told " + answer + " of " + id + ", but there is " + receipt);
    }
  }
}
