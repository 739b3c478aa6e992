package dev.sampo.simulation.world;

import dev.sampo.core.crypto.SignatureVerifier;
import dev.sampo.core.genesis.Genesis;
import dev.sampo.core.genesis.LedgerParameters;
import dev.sampo.core.types.Bytes;
import dev.sampo.core.types.LedgerTime;
import dev.sampo.core.types.ValidatorIndex;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * A ledger that a world is given, in place of the one that its seed stands for.
 *
 * @param signatures what transactions are checked with; votes are always the world's own
 * @param liars who may become Byzantine: invariants must know from the start whom to hold to what
 * @param delay how long every message takes one way, and then no disk is slower than another; what
 *     the seed stands for if absent
 * @param premises what its validators share with those of other worlds; nothing if absent
 */
public record GivenLedger(
    Genesis genesis,
    SignatureVerifier signatures,
    SortedSet<ValidatorIndex> liars,
    Optional<Duration> delay,
    Optional<Premises> premises) {

  public GivenLedger {
    liars = new TreeSet<>(liars);
    if (delay.filter(each -> !each.isPositive()).isPresent()) {
      throw new IllegalArgumentException("messages take time");
    }
  }

  /** Validators that the seed stands for, with this application and its first state. */
  public static GivenLedger of(
      SimulationSettings settings, String application, Bytes state, SignatureVerifier signatures) {
    return new GivenLedger(
        Ledgers.genesis(settings.seed(), settings.validators(), application, state),
        signatures,
        new TreeSet<>(),
        Optional.empty(),
        Optional.empty());
  }

  public GivenLedger withLiars(List<Integer> indices) {
    var all = new TreeSet<ValidatorIndex>();
    indices.forEach(index -> all.add(ValidatorIndex.of(index)));
    return new GivenLedger(genesis, signatures, all, delay, premises);
  }

  public GivenLedger withDelay(Duration each) {
    return new GivenLedger(genesis, signatures, liars, Optional.of(each), premises);
  }

  /** The same where links, disks and processors are those of these premises. */
  public GivenLedger on(Premises shared) {
    return new GivenLedger(genesis, signatures, liars, delay, Optional.of(shared));
  }

  public GivenLedger withParameters(LedgerParameters parameters) {
    return with(parameters, genesis.time());
  }

  /** The same from this time on, at which all its clocks begin. */
  public GivenLedger startingAt(LedgerTime time) {
    return with(genesis.parameters(), time);
  }

  private GivenLedger with(LedgerParameters parameters, LedgerTime time) {
    var other =
        new Genesis(
            genesis.nonce(),
            genesis.engine(),
            time,
            genesis.validators(),
            parameters,
            genesis.application(),
            genesis.applicationState());
    return new GivenLedger(other, signatures, liars, delay, premises);
  }
}
