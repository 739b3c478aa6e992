package dev.sampo.simulation.crossledger;

import dev.sampo.core.assets.AssetId;
import dev.sampo.core.assets.Assets;
import dev.sampo.core.execution.LedgerReader;
import dev.sampo.core.packet.PacketState;
import dev.sampo.core.state.StateReader;
import dev.sampo.core.transaction.AccountId;
import dev.sampo.core.types.Bytes;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * Sends what it holds, its own ledger's or another's asset, through any channel: to somebody or to
 * nobody, with time enough or hardly any.
 */
final class User {

  private static final int ASSETS_MAX = 200;
  private static final long AMOUNT_MAX = 300;

  private final Ledger ledger;
  private final AccountId self;
  private final List<Route> routes;
  private final SplittableRandom random;
  private int left;
  private boolean waits;

  /** A channel to send through. */
  record Route(Way way, Ledger destination, long timeoutMin) {}

  User(Ledger ledger, AccountId self, List<Route> routes, int sendings, SplittableRandom random) {
    this.ledger = ledger;
    this.self = self;
    this.routes = List.copyOf(routes);
    this.left = sendings;
    this.random = random;
  }

  boolean isBusy() {
    return waits;
  }

  void act() {
    if (left == 0 || waits) {
      return;
    }
    ledger
        .find(this::choice)
        .ifPresent(
            payload -> {
              left--;
              waits = true;
              ledger.submit(self, payload, _ -> waits = false);
            });
  }

  /** Nothing as long as nothing is known of the ledger at the other end. */
  private Optional<Bytes> choice(LedgerReader reader) {
    var state = reader.state();
    var route = routes.get(random.nextInt(routes.size()));
    var client = PacketState.client(state, route.destination.id());
    var channel = PacketState.channel(state, route.way.from().channel());
    var held = held(state);
    if (client.isEmpty()
        || client.get().newest().height().number() == 0
        || channel.isEmpty()
        || held.isEmpty()) {
      return Optional.empty();
    }
    var asset = held.get(random.nextInt(held.size()));
    long most = Math.min(AMOUNT_MAX, amount(state, asset));
    long wait =
        random.nextInt(3) == 0 ? random.nextLong(20_000, 60_000) : random.nextLong(1_000, 8_000);
    var timeout = client.get().newest().time().plusMillis(route.timeoutMin + wait);
    return Optional.of(
        Assets.sendAcross(
            route.way.from().channel(), asset, recipient(), random.nextLong(1, most + 1), timeout));
  }

  private List<AssetId> held(StateReader state) {
    return Assets.assets(state, ASSETS_MAX).stream()
        .filter(asset -> amount(state, asset) > 0)
        .toList();
  }

  private long amount(StateReader state, AssetId asset) {
    return Assets.amountOf(state.get(Assets.balanceKey(asset, self).name()));
  }

  private AccountId recipient() {
    return random.nextInt(6) == 0
        ? Accounts.NOBODY
        : Accounts.USERS.get(random.nextInt(Accounts.USERS.size()));
  }
}
