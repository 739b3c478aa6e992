package dev.sampo.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sampo.client.AccountLocator.Location;
import dev.sampo.core.assets.AccountRecord;
import dev.sampo.core.assets.AccountRecord.Active;
import dev.sampo.core.assets.AccountRecord.Moved;
import dev.sampo.core.assets.AccountRecord.Moving;
import dev.sampo.core.assets.Directory;
import dev.sampo.core.assets.HomeRule.ByHash;
import dev.sampo.core.assets.HomeRule.ByPrefix;
import dev.sampo.core.assets.HomeRule.Prefix;
import dev.sampo.core.packet.ChannelId;
import dev.sampo.core.transaction.AccountId;
import dev.sampo.core.types.Bytes;
import dev.sampo.core.types.Height;
import dev.sampo.core.types.LedgerId;
import dev.sampo.core.types.LedgerTime;
import dev.sampo.core.types.PublicKey;
import dev.sampo.core.wire.Malformed;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("M6: the directory is a hint, and the trail of an account is followed with proofs")
final class AccountLocatorTest {

  private static final AccountId MIA = new AccountId("mia");
  private static final PublicKey KEY = PublicKey.fromHex("0a".repeat(32));

  private final Map<LedgerId, AccountRecord> records = new TreeMap<>();
  private final AccountLocator locator =
      new AccountLocator(
          (ledger, _, _) -> CompletableFuture.completedFuture(reading(ledger)),
          ErrorCatalogue.load());

  private static LedgerId ledger(int number) {
    return new LedgerId(Bytes.fromHex("%02x".formatted(number).repeat(32)));
  }

  private AccountReading reading(LedgerId ledger) {
    return new AccountReading(
        MIA,
        Optional.ofNullable(records.get(ledger)),
        List.of(),
        Height.of(7),
        LedgerTime.ofMillis(0),
        true);
  }

  private Location locate() {
    return locator.locateAsync(ledger(0), MIA, List.of()).join();
  }

  private void isNotLocated() {
    assertThatThrownBy(this::locate)
        .isInstanceOf(CompletionException.class)
        .cause()
        .isInstanceOfSatisfying(
            SampoException.class,
            refused -> assertThat(refused.error().code()).isEqualTo("ACCOUNT_NOT_LOCATED"));
  }

  @Test
  void isFoundWhereItNeverLeft() {
    records.put(ledger(0), new Active(KEY, 1));
    assertThat(locate()).isEqualTo(new Location.Found(ledger(0), reading(ledger(0))));
  }

  @Test
  void isFoundAtTheEndOfItsTrailAlsoWhereItHasBeenBefore() {
    records.put(ledger(0), new Moved(KEY, 4, ledger(1)));
    records.put(ledger(1), new Moved(KEY, 5, ledger(2)));
    records.put(ledger(2), new Active(KEY, 5));
    assertThat(locate()).isEqualTo(new Location.Found(ledger(2), reading(ledger(2))));
  }

  @Test
  void tellsWhereItWaits() {
    records.put(ledger(0), new Moved(KEY, 2, ledger(1)));
    records.put(ledger(1), new Moving(KEY, 2, ledger(2), new ChannelId("to-2"), 9));
    assertThat(locate()).isEqualTo(new Location.UnderWay(ledger(1), ledger(2), reading(ledger(1))));
  }

  @Test
  void isUnknownOnlyWhereTheTrailBegins() {
    assertThat(locate()).isEqualTo(new Location.Unknown());
    records.put(ledger(0), new Moved(KEY, 2, ledger(1)));
    isNotLocated();
  }

  @Test
  void aGenerationThatDoesNotGrowIsNotFollowed() {
    records.put(ledger(0), new Moved(KEY, 3, ledger(1)));
    records.put(ledger(1), new Active(KEY, 2));
    isNotLocated();
    records.put(ledger(1), new Moved(KEY, 3, ledger(0)));
    isNotLocated();
  }

  @Test
  void eightHopsAreFollowedAndNoMore() {
    IntStream.range(0, 8)
        .forEach(i -> records.put(ledger(i), new Moved(KEY, i + 2L, ledger(i + 1))));
    records.put(ledger(8), new Active(KEY, 9));
    assertThat(locate()).isEqualTo(new Location.Found(ledger(8), reading(ledger(8))));

    records.put(ledger(8), new Moved(KEY, 10, ledger(9)));
    records.put(ledger(9), new Active(KEY, 10));
    isNotLocated();
  }

  @Test
  void beginsAtHome() throws Malformed {
    var rule = new ByPrefix(List.of(new Prefix("a", 0), new Prefix("m", 1)));
    var directory = new Directory(rule, List.of(ledger(3), ledger(4)));
    assertThat(Directory.decode(directory.encoded())).isEqualTo(directory);
    records.put(ledger(4), new Active(KEY, 1));

    assertThat(locator.locateAsync(directory, MIA, List.of()).join())
        .isEqualTo(new Location.Found(ledger(4), reading(ledger(4))));
    assertThat(locator.locateAsync(directory, new AccountId("bob"), List.of()).join())
        .isEqualTo(new Location.Unknown());
  }

  @Test
  void aTransferGoesFromWhereTheSenderLivesToWhereTheRecipientDoes() {
    var rule = new ByPrefix(List.of(new Prefix("m", 0), new Prefix("n", 1)));
    var directory = new Directory(rule, List.of(ledger(3), ledger(4)));
    var nora = new AccountId("nora");
    records.put(ledger(3), new Moved(KEY, 2, ledger(5)));
    records.put(ledger(5), new Active(KEY, 2));
    records.put(ledger(4), new Active(KEY, 1));

    assertThat(locator.route(directory, MIA, nora))
        .isEqualTo(new AccountLocator.Route(ledger(5), ledger(4)));

    assertRefused(directory, new AccountId("bob"), "UNKNOWN_ACCOUNT");
    records.put(ledger(4), new Moving(KEY, 1, ledger(3), new ChannelId("to-3"), 9));
    assertRefused(directory, nora, "MOVED");
  }

  private void assertRefused(Directory directory, AccountId recipient, String code) {
    assertThatThrownBy(() -> locator.route(directory, MIA, recipient))
        .isInstanceOfSatisfying(
            SampoException.class, refused -> assertThat(refused.error().code()).isEqualTo(code));
  }

  @Test
  void aDirectoryNamesTheLedgersOfItsRule() {
    var two = List.of(ledger(1), ledger(2));
    assertThatThrownBy(() -> new Directory(new ByHash(3), two))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Directory(new ByPrefix(List.of(new Prefix("", 2))), two))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Directory(new ByHash(2), List.of(ledger(1), ledger(1))))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
