package dev.sampo.simulation.crossledger;

import dev.sampo.core.assets.AssetId;
import dev.sampo.core.assets.AssetsGenesis;
import dev.sampo.core.crypto.Sha256;
import dev.sampo.core.crypto.Signer;
import dev.sampo.core.packet.Operators;
import dev.sampo.core.transaction.AccountId;
import dev.sampo.core.types.Bytes;
import dev.sampo.core.types.PublicKey;
import dev.sampo.simulation.crypto.SimulatedSuite;
import java.util.List;
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

  private Accounts() {}

  private static List<AccountId> named(String... names) {
    return Stream.of(names).map(AccountId::new).toList();
  }

  /** What is issued on a ledger. */
  static AssetId coin(int ledger) {
    return new AssetId("coin" + ledger);
  }

  static Signer signer(int ledger, AccountId account, SimulatedSuite suite) {
    return suite.signer(key(ledger, account));
  }

  private static PublicKey key(int ledger, AccountId account) {
    return new PublicKey(Sha256.hash(Bytes.ofAscii(account + "@" + ledger)).value());
  }

  /** Every user holds as much of the ledger's own asset. */
  static Bytes genesisState(int ledger) {
    var accounts =
        Stream.of(USERS, OPERATORS, RELAYERS)
            .flatMap(List::stream)
            .map(id -> new AssetsGenesis.Account(id, key(ledger, id)))
            .toList();
    var balances =
        USERS.stream().map(user -> new AssetsGenesis.Balance(user, HELD_AT_FIRST)).toList();
    var issue = new AssetsGenesis.Issue(coin(ledger), USERS.getFirst(), balances);
    return new AssetsGenesis(accounts, List.of(issue), new Operators(OPERATORS, THRESHOLD))
        .encoded();
  }
}
