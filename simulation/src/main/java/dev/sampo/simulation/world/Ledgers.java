package dev.sampo.simulation.world;

import dev.sampo.core.assets.AssetId;
import dev.sampo.core.assets.Assets;
import dev.sampo.core.assets.AssetsGenesis;
import dev.sampo.core.consensus.engine.ConsensusEngines;
import dev.sampo.core.crypto.Sha256;
import dev.sampo.core.genesis.Genesis;
import dev.sampo.core.genesis.LedgerParameters;
import dev.sampo.core.transaction.AccountId;
import dev.sampo.core.types.Bytes;
import dev.sampo.core.types.LedgerTime;
import dev.sampo.core.types.PublicKey;
import dev.sampo.core.types.ValidatorSet;
import dev.sampo.core.wire.WireWriter;
import java.util.List;
import java.util.stream.IntStream;

/** The ledgers that simulated worlds run: a few accounts that pay each other. */
final class Ledgers {

  static final AssetId ASSET = new AssetId("coin");
  static final int ACCOUNTS = 4;
  static final long SUPPLY_OF_EACH = 1_000;
  static final LedgerTime START = LedgerTime.ofMillis(1_000_000_000L);

  private Ledgers() {}

  static Genesis genesis(long seed, int validators) {
    var accounts =
        IntStream.range(0, ACCOUNTS)
            .mapToObj(i -> new AssetsGenesis.Account(account(i), accountKey(seed, i)))
            .toList();
    var balances =
        accounts.stream()
            .map(account -> new AssetsGenesis.Balance(account.id(), SUPPLY_OF_EACH))
            .toList();
    var issue = new AssetsGenesis.Issue(ASSET, account(0), balances);
    return genesis(
        seed,
        validators,
        new Assets().name(),
        new AssetsGenesis(accounts, List.of(issue)).encoded());
  }

  static Genesis genesis(long seed, int validators, String application, Bytes state) {
    var keys = IntStream.range(0, validators).mapToObj(i -> key(seed, i)).sorted().toList();
    return new Genesis(
        Sha256.hash(WireWriter.encode(out -> out.u64(seed & Long.MAX_VALUE))).value(),
        ConsensusEngines.SIMPLEX,
        START,
        new ValidatorSet(keys),
        LedgerParameters.DEFAULT,
        application,
        state);
  }

  static AccountId account(int number) {
    return new AccountId("account" + number);
  }

  static PublicKey accountKey(long seed, int number) {
    return key(seed, 1_000 + number);
  }

  private static PublicKey key(long seed, int number) {
    return new PublicKey(
        Sha256.hash(WireWriter.encode(out -> out.u64(seed & Long.MAX_VALUE).u32(number))).value());
  }
}
