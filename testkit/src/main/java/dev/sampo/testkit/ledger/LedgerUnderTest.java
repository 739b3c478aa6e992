package dev.sampo.testkit.ledger;

import dev.sampo.client.Outcome;
import dev.sampo.core.genesis.Genesis;
import dev.sampo.core.transaction.SignedTransaction;
import dev.sampo.core.types.LedgerTime;
import dev.sampo.simulation.fault.Fault;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;

/**
 * A running ledger and the faults that it can be given. The testkit is written against this alone,
 * so that a test means the same in every mode. Used by one thread.
 */
public interface LedgerUnderTest extends AutoCloseable {

  LedgerPlan plan();

  Genesis genesis();

  VirtualClock clock();

  /** What time it is now for whoever builds a transaction. */
  LedgerTime ledgerTime();

  /** Throws {@link IllegalArgumentException} if this mode cannot express the fault. */
  void apply(Fault fault);

  /** Hands a transaction to one validator; the outcome may stay pending for as long as asked. */
  CompletableFuture<Outcome> submit(int validator, SignedTransaction transaction, Duration atMost);

  /** What a validator has executed; nothing while it is down. */
  Optional<ValidatorView> view(int validator);

  /** The largest group of validators that are up and hear each other, in ascending order. */
  List<Integer> reachable();

  /** Why validators stopped by themselves, such as for a broken invariant. */
  List<String> failures();

  /** Goes on until the condition holds, but not longer; returns whether it does. */
  boolean runUntil(BooleanSupplier condition, Duration atMost);

  @Override
  void close();
}
