package dev.sampo.node.ledger;

import dev.sampo.core.assets.AccountRecord;
import dev.sampo.core.assets.AssetId;
import dev.sampo.core.assets.Assets;
import dev.sampo.core.execution.LedgerReader;
import dev.sampo.core.light.StateProof;
import dev.sampo.core.state.StateKey;
import dev.sampo.core.types.Height;
import dev.sampo.core.types.LedgerTime;
import dev.sampo.node.gateway.AccountQuery;
import dev.sampo.node.gateway.AccountView;
import dev.sampo.node.gateway.AccountView.Balance;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads accounts of the assets application, with proofs under the newest certified state. */
final class AccountReads {

  /** A read with proofs is repeated when the certified state moved on between two of them. */
  private static final int ATTEMPTS = 16;

  private final LedgerReader ledger;

  AccountReads(LedgerReader ledger) {
    this.ledger = ledger;
  }

  AccountView read(AccountQuery query) {
    return query.withProof() ? proven(query) : newest(query);
  }

  private AccountView newest(AccountQuery query) {
    var state = ledger.state();
    var record = Assets.account(state, query.id());
    var balances =
        assetsOf(query).stream()
            .map(
                asset ->
                    new Balance(
                        asset,
                        Assets.amountOf(state.get(Assets.balanceKey(asset, query.id()).name()))))
            .toList();
    var header = ledger.lastHeader();
    return new AccountView(
        query.id(),
        ledger.lastExecuted(),
        header.map(last -> last.time()).orElse(LedgerTime.ofMillis(0)),
        record,
        balances,
        List.of());
  }

  private AccountView proven(AccountQuery query) {
    var assets = assetsOf(query);
    var keys = new ArrayList<StateKey>();
    keys.add(Assets.accountKey(query.id()));
    assets.forEach(asset -> keys.add(Assets.balanceKey(asset, query.id())));
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      var proofs = keys.stream().map(ledger::prove).flatMap(Optional::stream).toList();
      if (proofs.size() == keys.size() && areOfOneHeight(proofs)) {
        return view(query, assets, proofs);
      }
    }
    return new AccountView(
        query.id(), Height.ZERO, LedgerTime.ofMillis(0), Optional.empty(), List.of(), List.of());
  }

  private static AccountView view(
      AccountQuery query, List<AssetId> assets, List<StateProof> proofs) {
    var balances = new ArrayList<Balance>();
    for (int i = 0; i < assets.size(); i++) {
      balances.add(new Balance(assets.get(i), Assets.amountOf(proofs.get(i + 1).value())));
    }
    var header = proofs.getFirst().finality().target();
    return new AccountView(
        query.id(),
        header.height(),
        header.time(),
        proofs.getFirst().value().map(AccountRecord::stored),
        balances,
        proofs);
  }

  private static boolean areOfOneHeight(List<StateProof> proofs) {
    return proofs.stream().map(proof -> proof.finality().target()).distinct().count() == 1;
  }

  private List<AssetId> assetsOf(AccountQuery query) {
    if (!query.assets().isEmpty()) {
      return query.assets();
    }
    var state = ledger.state();
    return Assets.assets(state, AccountQuery.ASSETS_MAX * 4).stream()
        .filter(asset -> state.get(Assets.balanceKey(asset, query.id()).name()).isPresent())
        .limit(AccountQuery.ASSETS_MAX)
        .toList();
  }
}
