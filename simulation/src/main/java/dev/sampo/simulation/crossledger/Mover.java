package dev.sampo.simulation.crossledger;

import dev.sampo.core.assets.AccountRecord;
import dev.sampo.core.assets.AssetId;
import dev.sampo.core.assets.Assets;
import dev.sampo.core.execution.LedgerReader;
import dev.sampo.core.packet.PacketState;
import dev.sampo.core.state.StateReader;
import dev.sampo.core.transaction.AccountId;
import dev.sampo.core.types.Bytes;
import dev.sampo.core.types.LedgerTime;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * An account that moves from ledger to ledger, pays with what it holds wherever it is, or believes
 * to be, and is paid there by others.
 */
final class Mover {

  private static final int ASSETS_MAX = 200;
  private static final long AMOUNT_MAX = 100;

  private final List<Ledger> ledgers;
  private final List<User.Route> routes;
  private final AccountId self;
  private final SplittableRandom random;
  private int left;
  private boolean waits;

  /** {@code routes}: all that there are. */
  Mover(
      List<Ledger> ledgers,
      List<User.Route> routes,
      AccountId self,
      int actions,
      SplittableRandom random) {
    this.ledgers = List.copyOf(ledgers);
    this.routes = List.copyOf(routes);
    this.self = self;
    this.left = actions;
    this.random = random;
  }

  boolean isBusy() {
    return waits;
  }

  void act() {
    if (left == 0 || waits) {
      return;
    }
    var where = ledgers.stream().filter(this::isKnown).toList();
    if (where.isEmpty()) {
      return;
    }
    var here = where.stream().filter(this::isHere).toList();
    var away = where.stream().filter(ledger -> !here.contains(ledger)).toList();
    var some = here.isEmpty() || !away.isEmpty() && random.nextInt(3) == 0 ? away : here;
    act(some.get(random.nextInt(some.size())));
  }

  private void act(Ledger at) {
    switch (random.nextInt(7)) {
      case 0, 1, 2 -> submit(at, self, at.find(reader -> move(reader, at)));
      case 3 -> submit(at, self, at.find(reader -> send(reader, at)));
      case 4 -> submit(at, self, at.find(reader -> pay(reader, self, anyUser())));
      case 5 -> submit(at, self, update(at));
      default -> {
        var user = anyUser();
        submit(at, user, at.find(reader -> pay(reader, user, self)));
      }
    }
  }

  private boolean isKnown(Ledger ledger) {
    return ledger.find(this::record).isPresent();
  }

  private boolean isHere(Ledger ledger) {
    return ledger.find(this::record).filter(AccountRecord.Active.class::isInstance).isPresent();
  }

  /** Of this account, and not of one that has its name. */
  private Optional<AccountRecord> record(LedgerReader reader) {
    return Assets.account(reader.state(), self).filter(AccountRecord::isMovable);
  }

  private void submit(Ledger at, AccountId sender, Optional<Bytes> payload) {
    payload.ifPresent(
        present -> {
          left--;
          waits = true;
          // A validator that looks first would take in nothing of what is not here.
          at.smuggle(sender, present, _ -> waits = false);
        });
  }

  private Optional<Bytes> move(LedgerReader reader, Ledger at) {
    var route = anyRoute(at);
    return timeout(reader, route)
        .map(timeout -> Assets.moveAccount(route.way().from().channel(), timeout));
  }

  private Optional<Bytes> send(LedgerReader reader, Ledger at) {
    var route = anyRoute(at);
    return anyHeld(reader.state(), self)
        .flatMap(
            asset ->
                timeout(reader, route)
                    .map(
                        timeout ->
                            Assets.sendAcross(
                                route.way().from().channel(),
                                asset,
                                random.nextBoolean() ? anyUser() : self,
                                amount(reader.state(), asset, self),
                                timeout)));
  }

  /** Needs nothing but an account that may act. */
  private Optional<Bytes> update(Ledger at) {
    return anyRoute(at).destination().find(Proven::newest).map(Assets::onPackets);
  }

  private Optional<Bytes> pay(LedgerReader reader, AccountId from, AccountId to) {
    return anyHeld(reader.state(), from)
        .map(asset -> Assets.transfer(asset, to, amount(reader.state(), asset, from)));
  }

  private User.Route anyRoute(Ledger at) {
    var some = routes.stream().filter(route -> route.way().from().ledger() == at.number()).toList();
    return some.get(random.nextInt(some.size()));
  }

  /** Nothing as long as nothing is known of the ledger at the other end. */
  private Optional<LedgerTime> timeout(LedgerReader reader, User.Route route) {
    long wait =
        random.nextInt(3) > 0 ? random.nextLong(20_000, 60_000) : random.nextLong(1_000, 8_000);
    boolean isOpen = PacketState.channel(reader.state(), route.way().from().channel()).isPresent();
    return PacketState.client(reader.state(), route.destination().id())
        .filter(client -> isOpen && client.newest().height().number() > 0)
        .map(client -> client.newest().time().plusMillis(route.timeoutMin() + wait));
  }

  private AccountId anyUser() {
    return Accounts.USERS.get(random.nextInt(Accounts.USERS.size()));
  }

  /** If it holds nothing, for it may be away, what it might hold. */
  private Optional<AssetId> anyHeld(StateReader state, AccountId account) {
    var assets = Assets.assets(state, ASSETS_MAX);
    var held = assets.stream().filter(asset -> balance(state, asset, account) > 0).toList();
    var some = held.isEmpty() ? assets : held;
    return some.isEmpty() ? Optional.empty() : Optional.of(some.get(random.nextInt(some.size())));
  }

  private long amount(StateReader state, AssetId asset, AccountId account) {
    long most = Math.clamp(balance(state, asset, account), 1, AMOUNT_MAX);
    return random.nextLong(1, most + 1);
  }

  private static long balance(StateReader state, AssetId asset, AccountId account) {
    return Assets.amountOf(state.get(Assets.balanceKey(asset, account).name()));
  }
}
