package dev.sampo.simulation.weak;

import dev.sampo.core.assets.Assets;
import dev.sampo.core.execution.Application;
import dev.sampo.core.execution.OrderedTransaction;
import dev.sampo.core.execution.Outcome;
import dev.sampo.core.state.State;
import dev.sampo.core.state.StateReader;
import dev.sampo.core.transaction.AccountId;
import dev.sampo.core.types.Bytes;
import dev.sampo.core.types.PublicKey;
import dev.sampo.core.types.ValidatorIndex;
import dev.sampo.simulation.world.Machines;
import java.util.Optional;

/** Its application refuses every seventh transaction since the process began. */
public final class Moody implements Machines {

  @Override
  public Application application(ValidatorIndex self) {
    return new Counting(new Assets());
  }

  private static final class Counting implements Application {
    private final Assets shipped;
    private int applied;

    Counting(Assets shipped) {
      this.shipped = shipped;
    }

    @Override
    public String name() {
      return shipped.name();
    }

    @Override
    public void initLedger(Bytes genesisState, State state) {
      shipped.initLedger(genesisState, state);
    }

    @Override
    public boolean authorises(AccountId sender, PublicKey key, StateReader state) {
      return shipped.authorises(sender, key, state);
    }

    @Override
    public Outcome apply(OrderedTransaction transaction, State state) {
      return ++applied % 7 == 0 ? Outcome.failed("MOOD") : shipped.apply(transaction, state);
    }

    @Override
    public Optional<Bytes> query(String path, StateReader state) {
      return shipped.query(path, state);
    }
  }
}
