package dev.sampo.simulation.invariant;

import dev.sampo.core.assets.AssetId;
import dev.sampo.core.assets.Assets;
import dev.sampo.core.state.StateReader;
import dev.sampo.core.transaction.AccountId;
import dev.sampo.core.types.Height;
import dev.sampo.simulation.invariant.Observation.Answer;
import dev.sampo.simulation.invariant.Observation.Operation;
import java.util.LinkedHashMap;
import java.util.TreeMap;

/**
 * Client histories are linearizable: the ledger orders a write after every write that had returned
 * before it was invoked; a read returns the balance of the height that it names.
 */
public final class HistoriesLinearize implements Invariant {

  private record Place(long height, int index) implements Comparable<Place> {
    @Override
    public int compareTo(Place other) {
      int byHeight = Long.compare(height, other.height);
      return byHeight != 0 ? byHeight : Integer.compare(index, other.index);
    }
  }

  private record Balance(Height height, String account) {}

  private final Ground ground;
  private final AssetId asset;
  private final LinkedHashMap<Integer, Place> floors = new LinkedHashMap<>();
  private final TreeMap<Long, LinkedHashMap<String, Long>> balances = new TreeMap<>();
  private final LinkedHashMap<Balance, Long> told = new LinkedHashMap<>();
  private Place newestReturned = new Place(0, -1);

  public HistoriesLinearize(Ground ground, AssetId asset) {
    this.ground = ground;
    this.asset = asset;
  }

  @Override
  public String id() {
    return "linearizable";
  }

  @Override
  public boolean watches(Class<? extends Observation> kind) {
    return kind == Observation.Stored.class
        || kind == Observation.Invoked.class
        || kind == Observation.Returned.class;
  }

  @Override
  public void observe(Observation observation, Findings findings) {
    switch (observation) {
      case Observation.Stored(var by, var blocks, var state) -> {
        if (ground.isHonest(by)) {
          keep(blocks.getLast().block().height(), state);
        }
      }
      case Observation.Invoked(var operation) -> floors.put(operation.number(), newestReturned);
      case Observation.Returned(var operation, var answer) -> returned(operation, answer, findings);
      case Observation other -> {}
    }
  }

  private void keep(Height height, StateReader state) {
    balances.computeIfAbsent(
        height.number(),
        _ -> {
          var all = new LinkedHashMap<String, Long>();
          for (int i = 0; i < 4; i++) {
            var account = "account" + i;
            var key = Assets.balanceKey(asset, new AccountId(account));
            all.put(account, Assets.amountOf(state.get(key.name())));
          }
          return all;
        });
  }

  private void returned(Operation operation, Answer answer, Findings findings) {
    switch (answer) {
      case Answer.Executed(var height, int index, _) -> {
        var place = new Place(height.number(), index);
        var floor = floors.get(operation.number());
        if (floor != null && place.compareTo(floor) <= 0) {
          findings.violated(
              this, operation + " stands at " + place + ", before " + floor + " that returned");
        }
        if (place.compareTo(newestReturned) > 0) {
          newestReturned = place;
        }
      }
      case Answer.Balance(var height, long amount) -> read(operation, height, amount, findings);
      case Answer.Expired e -> {}
    }
    floors.remove(operation.number());
  }

  private void read(Operation operation, Height height, long amount, Findings findings) {
    if (!(operation instanceof Operation.Read(_, var account))) {
      return;
    }
    var before = told.putIfAbsent(new Balance(height, account), amount);
    var known = balances.get(height.number());
    boolean holds =
        (before == null || before == amount)
            && (known == null || Long.valueOf(amount).equals(known.get(account)));
    if (!holds) {
      findings.violated(this, operation + " returned " + amount + " at " + height);
    }
  }
}
