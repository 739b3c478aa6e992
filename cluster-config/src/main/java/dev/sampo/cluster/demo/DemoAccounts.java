package dev.sampo.cluster.demo;

import dev.sampo.client.KeyFile;
import dev.sampo.core.assets.AssetId;
import dev.sampo.core.assets.Assets;
import dev.sampo.core.assets.AssetsGenesis;
import dev.sampo.core.assets.HomeRule;
import dev.sampo.core.assets.Shard;
import dev.sampo.core.genesis.Genesis;
import dev.sampo.core.genesis.LedgerParameters;
import dev.sampo.core.packet.Operators;
import dev.sampo.core.types.Bytes;
import dev.sampo.core.types.LedgerTime;
import dev.sampo.core.types.PublicKey;
import dev.sampo.core.types.ValidatorSet;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The accounts that a demo starts with, and what they hold. */
record DemoAccounts(List<KeyFile> keys) {

  /** The only asset; issued by the treasury. */
  static final AssetId COIN = new AssetId("coin");

  private static final String TREASURY = "treasury";

  /** Has one account in the whole demo, and so can move to any other ledger. */
  private static final String MOVER = "mona";

  private static final String OPERATOR = "operator";
  private static final List<String> PEOPLE = List.of("alice", "bob", "carol", TREASURY);
  private static final int LOAD_ACCOUNTS = 16;
  private static final long COINS_OF_PEOPLE = 1_000;
  private static final long COINS_OF_OTHERS = 1_000_000_000_000L;
  private static final int NONCE_LENGTH = 32;

  private static final int FIRST = 0;

  DemoAccounts {
    keys = List.copyOf(keys);
  }

  /**
   * Writes a new key for each account into {@code folder}; {@code relays} accounts carry packets.
   */
  static DemoAccounts create(Path folder, int relays, SecureRandom random) {
    var keys = new ArrayList<KeyFile>();
    var carriers = IntStream.range(0, relays).mapToObj(DemoAccounts::relayOf);
    var names = Stream.concat(holders(), Stream.concat(Stream.of(MOVER, OPERATOR), carriers));
    for (var name : names.toList()) {
      var key = KeyFile.generate(name, random);
      key.write(folder.resolve(name + ".key"));
      keys.add(key);
    }
    return new DemoAccounts(keys);
  }

  /** Reads the keys that {@link #create} wrote; an older demo has fewer of them. */
  static DemoAccounts open(Path folder) {
    var carriers =
        Stream.iterate(0, index -> index + 1)
            .map(DemoAccounts::relayOf)
            .takeWhile(name -> Files.exists(file(folder, name)));
    var others = Stream.of(MOVER, OPERATOR).filter(name -> Files.exists(file(folder, name)));
    return new DemoAccounts(
        Stream.concat(holders(), Stream.concat(others, carriers))
            .map(name -> KeyFile.read(file(folder, name)))
            .toList());
  }

  private static Stream<String> holders() {
    return Stream.concat(PEOPLE.stream(), loadAccounts().stream());
  }

  private static Path file(Path folder, String name) {
    return folder.resolve(name + ".key");
  }

  /** The account as which the validator with this index carries packets. */
  static String relayOf(int index) {
    return "relay-" + (index + 1);
  }

  /** The key file of that account, if the demo has one. */
  static Optional<Path> relayKey(Path folder, int index) {
    return Optional.of(file(folder, relayOf(index))).filter(Files::exists);
  }

  /** The key of the account that decides about channels, if the demo has one. */
  static Optional<KeyFile> operatorKey(Path folder) {
    return Optional.of(file(folder, OPERATOR)).filter(Files::exists).map(KeyFile::read);
  }

  private static List<String> loadAccounts() {
    return IntStream.rangeClosed(1, LOAD_ACCOUNTS).mapToObj("load-%02d"::formatted).toList();
  }

  /** The keys of the accounts that generated load is spread over. */
  static List<KeyFile> loadKeys(Path keys) {
    return loadAccounts().stream().map(name -> KeyFile.read(keys.resolve(name + ".key"))).toList();
  }

  /** Of the demo's first ledger; {@code rule} says which one an account is created on. */
  Genesis genesis(
      List<PublicKey> validators, LedgerParameters parameters, HomeRule rule, SecureRandom random) {
    return genesisOfFurther(validators, parameters, new Shard(rule, FIRST), random);
  }

  /**
   * Of the ledger with this number. Who has one account in the whole demo is on the ledger that the
   * rule says; of all others each ledger has another account of that name.
   */
  Genesis genesisOfFurther(
      List<PublicKey> validators, LedgerParameters parameters, Shard shard, SecureRandom random) {
    var nonce = new byte[NONCE_LENGTH];
    random.nextBytes(nonce);
    return new Genesis(
        Bytes.owning(nonce),
        "simplex",
        LedgerTime.ofMillis(System.currentTimeMillis()),
        new ValidatorSet(validators),
        parameters,
        Assets.NAME,
        holdings(shard).encoded());
  }

  private AssetsGenesis holdings(Shard shard) {
    var some = keys.stream().filter(key -> isOn(shard, key)).toList();
    var balances =
        some.stream()
            .filter(key -> coinsOf(key.name()) > 0)
            .map(key -> new AssetsGenesis.Balance(key.account(), coinsOf(key.name())))
            .toList();
    var treasury =
        keys.stream().filter(key -> key.name().equals(TREASURY)).findFirst().orElseThrow();
    return new AssetsGenesis(
        some.stream()
            .map(key -> new AssetsGenesis.Account(key.account(), key.publicKey()))
            .toList(),
        List.of(new AssetsGenesis.Issue(COIN, treasury.account(), balances)),
        operators(),
        keys.stream().filter(key -> key.name().equals(MOVER)).findFirst().map(_ -> shard));
  }

  private static boolean isOn(Shard shard, KeyFile key) {
    boolean isSpread = !shard.rule().equals(DemoSpread.NONE) && isPerson(key.name());
    boolean isAlone = isSpread || key.name().equals(MOVER);
    return !isAlone || shard.isHomeOf(key.account());
  }

  private static boolean isPerson(String name) {
    return PEOPLE.contains(name) && !name.equals(TREASURY);
  }

  private Operators operators() {
    var accounts =
        keys.stream().filter(key -> key.name().equals(OPERATOR)).map(KeyFile::account).toList();
    return new Operators(accounts, accounts.size());
  }

  private static long coinsOf(String name) {
    if (name.equals(OPERATOR) || name.startsWith("relay-")) {
      return 0;
    }
    return isPerson(name) || name.equals(MOVER) ? COINS_OF_PEOPLE : COINS_OF_OTHERS;
  }
}
