package dev.sampo.simulation.crossledger;

import dev.sampo.core.assets.AssetId;
import dev.sampo.core.assets.AssetsGenesis;
import dev.sampo.core.assets.HomeRule;
import dev.sampo.core.assets.Shard;
import dev.sampo.core.crypto.Sha256;
import dev.sampo.core.crypto.Signer;
import dev.sampo.core.packet.Operators;
import dev.sampo.core.transaction.AccountId;
import dev.sampo.core.types.Bytes;
import dev.sampo.core.types.PublicKey;
import dev.sampo.simulation.crypto.SimulatedSuite;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Who has an account on every ledger of a network, and what each ledger starts with. */
final class Accounts {

  static final List<AccountId> USERS = named("ada", "ben", "cleo");

  /** Has no account anywhere. */
  static final AccountId NOBODY = new AccountId("nobody");

  /** Two of them decide. */
  static final List<AccountId> OPERATORS = named("olga", "oskar", "otto");

  /** Two honest ones and one who lies. */
  static final List<AccountId> RELAYERS = named("rita", "rolf", "rogue");

  static final int THRESHOLD = 2;
  static final long HELD_AT_FIRST = 1_000;

  /** A name that begins so, and with the number of a ledger, has its home there (M1). */
  private static final String MOVER = "mover";

  private static final int MOVERS = 2;

  private Accounts() {}

  private static List<AccountId> named(String... names) {
    return Stream.of(names).map(AccountId::new).toList();
  }

  /** What is issued on a ledger. */
  static AssetId coin(int ledger) {
    return new AssetId("coin" + ledger);
  }

  /** The accounts that a ledger creates, and that may move. */
  static List<AccountId> movers(int ledger) {
    return IntStream.range(0, MOVERS)
        .mapToObj(i -> new AccountId(MOVER + ledger + "-" + i))
        .toList();
  }

  /**
   * One that has the name of another ledger's mover, but belongs to this ledger alone: that mover
   * can never come here.
   */
  static AccountId namesake(int ledger, int ledgers) {
    return movers((ledger + 1) % ledgers).getLast();
  }

  static boolean isMover(AccountId account) {
    return account.name().startsWith(MOVER);
  }

  static Signer signer(int ledger, AccountId account, SimulatedSuite suite) {
    return suite.signer(isMover(account) ? moverKey(account) : key(ledger, account));
  }

  private static PublicKey key(int ledger, AccountId account) {
    return new PublicKey(Sha256.hash(Bytes.ofAscii(account + "@" + ledger)).value());
  }

  /** The same wherever it is. */
  static PublicKey moverKey(AccountId mover) {
    return new PublicKey(Sha256.hash(Bytes.ofAscii(mover.name())).value());
  }

  private static HomeRule rule(int ledgers) {
    return new HomeRule.ByPrefix(
        IntStream.range(0, ledgers)
            .mapToObj(ledger -> new HomeRule.Prefix(MOVER + ledger, ledger))
            .toList());
  }

  /** Who holds as much as everybody else of the ledger's own asset. */
  static List<AccountId> holders(int ledger) {
    return Stream.of(USERS, movers(ledger)).flatMap(List::stream).toList();
  }

  static Bytes genesisState(int ledger, int ledgers) {
    var accounts =
        Stream.of(USERS, OPERATORS, RELAYERS, List.of(namesake(ledger, ledgers)))
            .flatMap(List::stream)
            .map(id -> new AssetsGenesis.Account(id, key(ledger, id)));
    var movers = movers(ledger).stream().map(id -> new AssetsGenesis.Account(id, moverKey(id)));
    var balances =
        holders(ledger).stream()
            .map(user -> new AssetsGenesis.Balance(user, HELD_AT_FIRST))
            .toList();
    var issue = new AssetsGenesis.Issue(coin(ledger), USERS.getFirst(), balances);
    return new AssetsGenesis(
            Stream.concat(accounts, movers).toList(),
            List.of(issue),
            new Operators(OPERATORS, THRESHOLD),
            Optional.of(new Shard(rule(ledgers), ledger)))
        .encoded();
  }
}
