package dev.sampo.simulation.world;

import dev.sampo.core.assets.Assets;
import dev.sampo.core.transaction.SignedTransaction;
import dev.sampo.core.transaction.TransactionBody;
import dev.sampo.core.types.Bytes;
import dev.sampo.core.types.LedgerTime;
import dev.sampo.simulation.invariant.Observation;
import dev.sampo.simulation.invariant.Observation.Answer;
import dev.sampo.simulation.invariant.Observation.Operation;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * Pays and reads, one operation after the other, and tries again through another validator with the
 * same bytes until it is told the outcome.
 */
final class SimulatedClient {

  private static final Duration PATIENCE = Duration.ofSeconds(3);
  private static final long TRIP_NANOS_MAX = 20_000_000;

  private final World world;
  private final int number;
  private final SplittableRandom random;
  private final long thinkNanosMax;
  private Optional<Operation> open = Optional.empty();
  private Optional<SignedTransaction> transaction = Optional.empty();
  private int writesLeft;
  private int attempt;

  SimulatedClient(
      World world, int number, SplittableRandom random, int writes, Duration meanThinking) {
    this.world = world;
    this.number = number;
    this.random = random;
    this.writesLeft = writes;
    this.thinkNanosMax = 2 * meanThinking.toNanos() + 1;
  }

  boolean isBusy() {
    return open.isPresent();
  }

  boolean isDone() {
    return open.isEmpty() && writesLeft == 0;
  }

  void start() {
    world.plan(random.nextLong(thinkNanosMax), EventQueue.Kind.CLIENT, number, this::beginNext);
  }

  /** Begins nothing new. */
  void retire() {
    writesLeft = 0;
  }

  private void beginNext() {
    if (writesLeft == 0 || isBusy()) {
      return;
    }
    if (random.nextInt(8) == 0) {
      var account = Ledgers.account(random.nextInt(Ledgers.ACCOUNTS)).name();
      begin(new Operation.Read(world.nextOperation(), account));
    } else {
      writesLeft--;
      long validity = random.nextInt(12) == 0 ? 3_000 : random.nextLong(60_000, 590_000);
      long now = Ledgers.START.millis() + world.nanos() / 1_000_000;
      var validUntil = LedgerTime.ofMillis(now + validity);
      var payment = payment(validUntil);
      transaction = Optional.of(payment);
      begin(new Operation.Write(world.nextOperation(), payment.id(), validUntil));
    }
  }

  private SignedTransaction payment(LedgerTime validUntil) {
    int payer = number % Ledgers.ACCOUNTS;
    int payee = random.nextInt(Ledgers.ACCOUNTS);
    var salt = new byte[TransactionBody.SALT_LENGTH];
    for (int i = 0; i < salt.length; i++) {
      salt[i] = (byte) random.nextInt();
    }
    var body =
        new TransactionBody(
            world.ledgerId(),
            world.genesis().application(),
            Assets.transfer(Ledgers.ASSET, Ledgers.account(payee), random.nextLong(1, 400)),
            Ledgers.account(payer),
            validUntil,
            Bytes.owning(salt),
            List.of());
    return SignedTransaction.sign(body, world.suite().signer(world.accountKey(payer)));
  }

  private void begin(Operation operation) {
    open = Optional.of(operation);
    world.observe(new Observation.Invoked(operation));
    attempt();
  }

  private void attempt() {
    if (open.isEmpty()) {
      return;
    }
    var operation = open.get();
    int tried = ++attempt;
    int through = random.nextInt(world.genesis().validators().size());
    world.plan(
        random.nextLong(TRIP_NANOS_MAX),
        EventQueue.Kind.CLIENT,
        number,
        () -> world.gateway(through).ifPresent(gateway -> ask(gateway, through, operation)));
    world.plan(
        PATIENCE.toNanos(),
        EventQueue.Kind.CLIENT,
        number,
        () -> {
          if (tried == attempt) {
            world.sometimes().count("client tried again");
            attempt();
          }
        });
  }

  private void ask(Gateway gateway, int through, Operation operation) {
    switch (operation) {
      case Operation.Write write ->
          transaction.ifPresent(
              sent -> gateway.submit(sent, answer -> reply(through, operation, answer)));
      case Operation.Read(_, var account) -> reply(through, operation, gateway.balance(account));
    }
  }

  private void reply(int through, Operation operation, Answer answer) {
    if (!world.isTrusted(through)) {
      return;
    }
    world.plan(
        random.nextLong(TRIP_NANOS_MAX),
        EventQueue.Kind.CLIENT,
        number,
        () -> finish(operation, answer));
  }

  /** Only the first answer counts: a late one to an earlier attempt says nothing new. */
  private void finish(Operation operation, Answer answer) {
    if (open.isEmpty() || !open.get().equals(operation)) {
      return;
    }
    world.observe(new Observation.Returned(operation, answer));
    open = Optional.empty();
    attempt++;
    start();
  }
}
