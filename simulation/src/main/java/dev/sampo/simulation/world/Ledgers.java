package dev.sampo.simulation.world;

import dev.sampo.core.assets.AssetId;
import dev.sampo.core.assets.Assets;
import dev.sampo.core.assets.AssetsGenesis;
import dev.sampo.core.consensus.engine.ConsensusEngines;
import dev.sampo.core.crypto.Sha256;
import dev.sampo.core.genesis.Genesis;
import dev.sampo.core.genesis.LaneParameters;
import dev.sampo.core.genesis.LedgerParameters;
import dev.sampo.core.genesis.Verification;
import dev.sampo.core.transaction.AccountId;
import dev.sampo.core.types.Bytes;
import dev.sampo.core.types.LedgerTime;
import dev.sampo.core.types.PublicKey;
import dev.sampo.core.types.ValidatorSet;
import dev.sampo.core.wire.WireWriter;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/** The ledgers that simulated worlds run: a few accounts that pay each other. */
final class Ledgers {

  static final AssetId ASSET = new AssetId("coin");
  static final int ACCOUNTS = 4;
  private static final long LANES_SALT = 0x6c616e6573L;
  private static final long ATTESTED_SALT = 0x6174_7465_7374_6564L;
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
        parameters(seed, validators),
        new Assets().name(),
        new AssetsGenesis(accounts, List.of(issue)).encoded());
  }

  static Genesis genesis(long seed, int validators, String application, Bytes state) {
    return genesis(seed, validators, LedgerParameters.DEFAULT, application, state);
  }

  private static Genesis genesis(
      long seed, int validators, LedgerParameters parameters, String application, Bytes state) {
    var keys = IntStream.range(0, validators).mapToObj(i -> key(seed, i)).sorted().toList();
    return new Genesis(
        Sha256.hash(WireWriter.encode(out -> out.u64(seed & Long.MAX_VALUE))).value(),
        ConsensusEngines.SIMPLEX,
        START,
        new ValidatorSet(keys),
        parameters,
        application,
        state);
  }

  /**
   * By the seed: no lanes at all; lanes beside an inline section as large as shipped; or lanes for
   * nearly everything, and so narrow that their limits are reached. On every third of them,
   * whatever its lanes, validators attest that signatures are valid (X11).
   */
  private static LedgerParameters parameters(long seed, int validators) {
    boolean isAttested = new SplittableRandom(seed ^ ATTESTED_SALT).nextInt(3) == 0;
    return sizes(seed, validators)
        .with(isAttested ? Verification.ATTESTED : Verification.EVERY_VALIDATOR);
  }

  private static LedgerParameters sizes(long seed, int validators) {
    var random = new SplittableRandom(seed ^ LANES_SALT);
    return switch (random.nextInt(3)) {
      case 0 -> parameters(1 << 20, LaneParameters.NONE);
      case 1 ->
          parameters(random.nextBoolean() ? 64 << 10 : 1_000 * validators, LaneParameters.DEFAULT);
      default -> {
        int batch = random.nextInt(320, 900);
        int window = batch + random.nextInt(1_200);
        int share = random.nextInt(4) == 0 ? 400 : 100;
        yield parameters(
            share * validators, new LaneParameters(batch, window, random.nextInt(1, 6)));
      }
    };
  }

  private static LedgerParameters parameters(int inlineBytesMax, LaneParameters lanes) {
    var shipped = LedgerParameters.DEFAULT;
    return new LedgerParameters(
        inlineBytesMax,
        shipped.maxValidityMillis(),
        shipped.maxLiveIds(),
        shipped.attestEvery(),
        shipped.idleMillis(),
        lanes,
        shipped.verification());
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
