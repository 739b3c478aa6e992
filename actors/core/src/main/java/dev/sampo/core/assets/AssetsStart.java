package dev.sampo.core.assets;

import dev.sampo.core.assets.AssetsState.Asset;
import dev.sampo.core.packet.Packets;
import dev.sampo.core.state.State;

/** Writes the genesis state of the assets application; throws if it contradicts itself. */
final class AssetsStart {

  private final State state;

  AssetsStart(State state) {
    this.state = state;
  }

  void write(AssetsGenesis genesis) {
    genesis.shard().ifPresent(shard -> AssetsState.putShard(state, shard));
    for (var account : genesis.accounts()) {
      require(
          AssetsState.account(state, account.id()).isEmpty(),
          "account " + account.id() + " is there twice");
      AssetsState.putAccount(
          state,
          account.id(),
          new AccountRecord.Active(account.key(), generation(genesis, account)));
    }
    genesis.issues().forEach(this::write);
    for (var operator : genesis.operators().accounts()) {
      require(
          AssetsState.account(state, operator).isPresent(),
          "operator " + operator + " has no account");
    }
    Packets.start(genesis.operators(), state);
  }

  /** Who decides for a ledger stays there; what another ledger creates is here another account. */
  private static long generation(AssetsGenesis genesis, AssetsGenesis.Account account) {
    boolean mayMove =
        genesis.shard().filter(shard -> shard.isHomeOf(account.id())).isPresent()
            && !genesis.operators().accounts().contains(account.id());
    return mayMove ? 1 : 0;
  }

  private void write(AssetsGenesis.Issue issue) {
    var asset = issue.asset();
    require(!asset.isVoucher(), "nobody issues the voucher " + asset);
    require(AssetsState.asset(state, asset).isEmpty(), "asset " + asset + " is there twice");
    require(
        AssetsState.account(state, issue.issuer()).isPresent(),
        "asset " + asset + " has an issuer without account");
    long supply = 0;
    for (var balance : issue.balances()) {
      require(
          AssetsState.account(state, balance.account()).isPresent()
              && AssetsState.balance(state, asset, balance.account()) == 0,
          asset + " is held twice, or without account, by " + balance.account());
      require(
          balance.amount() > 0 && balance.amount() <= Long.MAX_VALUE - supply,
          "amounts of " + asset + " are not positive or exceed 2^63-1");
      supply += balance.amount();
      AssetsState.putBalance(state, asset, balance.account(), balance.amount());
    }
    AssetsState.putAsset(state, asset, Asset.issuedBy(issue.issuer()).withSupply(supply));
  }

  private static void require(boolean holds, String otherwise) {
    if (!holds) {
      throw new IllegalArgumentException("genesis state: " + otherwise);
    }
  }
}
