package dev.sampo.cluster.demo;

import dev.sampo.client.KeyFile;
import dev.sampo.core.assets.AssetId;
import dev.sampo.core.assets.Assets;
import dev.sampo.core.assets.AssetsGenesis;
import dev.sampo.core.genesis.Genesis;
import dev.sampo.core.genesis.LedgerParameters;
import dev.sampo.core.types.Bytes;
import dev.sampo.core.types.LedgerTime;
import dev.sampo.core.types.PublicKey;
import dev.sampo.core.types.ValidatorSet;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The accounts that a demo starts with, and what they hold. */
record DemoAccounts(List<KeyFile> keys) {

  /** The only asset; issued by the treasury. */
  static final AssetId COIN = new AssetId("coin");

  private static final String TREASURY = "treasury";
  private static final List<String> PEOPLE = List.of("alice", "bob", "carol", TREASURY);
  private static final int LOAD_ACCOUNTS = 16;
  private static final long COINS_OF_PEOPLE = 1_000;
  private static final long COINS_OF_OTHERS = 1_000_000_000_000L;
  private static final int NONCE_LENGTH = 32;

  DemoAccounts {
    keys = List.copyOf(keys);
  }

  /** Writes a new key for each account into {@code folder}. */
  static DemoAccounts create(Path folder, SecureRandom random) {
    var keys = new ArrayList<KeyFile>();
    for (var name : Stream.concat(PEOPLE.stream(), loadAccounts().stream()).toList()) {
      var key = KeyFile.generate(name, random);
      key.write(folder.resolve(name + ".key"));
      keys.add(key);
    }
    return new DemoAccounts(keys);
  }

  /** Reads the keys that {@link #create} wrote. */
  static DemoAccounts open(Path folder) {
    return new DemoAccounts(
        Stream.concat(PEOPLE.stream(), loadAccounts().stream())
            .map(name -> KeyFile.read(folder.resolve(name + ".key")))
            .toList());
  }

  private static List<String> loadAccounts() {
    return IntStream.rangeClosed(1, LOAD_ACCOUNTS).mapToObj("load-%02d"::formatted).toList();
  }

  /** The keys of the accounts that generated load is spread over. */
  static List<KeyFile> loadKeys(Path keys) {
    return loadAccounts().stream().map(name -> KeyFile.read(keys.resolve(name + ".key"))).toList();
  }

  Genesis genesis(List<PublicKey> validators, LedgerParameters parameters, SecureRandom random) {
    var nonce = new byte[NONCE_LENGTH];
    random.nextBytes(nonce);
    return new Genesis(
        Bytes.owning(nonce),
        "simplex",
        LedgerTime.ofMillis(System.currentTimeMillis()),
        new ValidatorSet(validators),
        parameters,
        Assets.NAME,
        holdings().encoded());
  }

  private AssetsGenesis holdings() {
    var balances =
        keys.stream()
            .map(key -> new AssetsGenesis.Balance(key.account(), coinsOf(key.name())))
            .toList();
    var treasury =
        keys.stream().filter(key -> key.name().equals(TREASURY)).findFirst().orElseThrow();
    return new AssetsGenesis(
        keys.stream()
            .map(key -> new AssetsGenesis.Account(key.account(), key.publicKey()))
            .toList(),
        List.of(new AssetsGenesis.Issue(COIN, treasury.account(), balances)));
  }

  private static long coinsOf(String name) {
    return PEOPLE.contains(name) && !name.equals(TREASURY) ? COINS_OF_PEOPLE : COINS_OF_OTHERS;
  }
}
