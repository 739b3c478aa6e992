package dev.sampo.cluster.placement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sampo.core.types.Bytes;
import dev.sampo.core.types.PublicKey;
import dev.sampo.core.types.ValidatorSet;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PlacementTest {

  private static final Placement TWO_CENTRES = placed("aabb");
  private static final Placement FOUR_CENTRES = placed("abcd");

  @Test
  void theMarginIsWhatMayBeLostBeyondAQuorum() {
    assertThat(TWO_CENTRES.margin(List.of())).isEqualTo(1);
    assertThat(TWO_CENTRES.margin(List.of(Loss.parse("validator=v1")))).isZero();
    assertThat(TWO_CENTRES.margin(List.of(Loss.parse("dc=a")))).isEqualTo(-1);
    assertThat(TWO_CENTRES.margin(List.of(Loss.parse("dc=a"), Loss.parse("validator=v1"))))
        .isEqualTo(-1);
    assertThat(TWO_CENTRES.margin(List.of(Loss.parse("dc=elsewhere")))).isEqualTo(1);
  }

  @Test
  void aDataCentreIsFatalIfNoQuorumIsLeftWithoutIt() {
    assertThat(TWO_CENTRES.fatalDataCentres()).containsExactly("a", "b");
    assertThat(FOUR_CENTRES.fatalDataCentres()).isEmpty();
    assertThat(placed("aabbcd").fatalDataCentres()).isEmpty();
    assertThat(placed("aabbc").fatalDataCentres()).containsExactly("a", "b");
  }

  @Test
  void theBestCommitteeIsTheLargestThatNoDataCentreHalts() {
    var network = placed("aaabbbcd").committee();

    var best = Placement.survivingOneDataCentre(network).orElseThrow();

    assertThat(best.fatalDataCentres()).isEmpty();
    assertThat(best.committee()).hasSize(6);
  }

  @ParameterizedTest
  @ValueSource(strings = {"a", "aaaa", "ab", "aabb", "aaaabbbb", "aaaaaaabbbbbb"})
  void twoDataCentresAreNeverEnough(String where) {
    assertThat(Placement.survivingOneDataCentre(placed(where).committee())).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"aabbcc", "aaabbbccc", "aaaabbbbcccc"})
  void threeDataCentresAreEnoughIfTheyAreEqual(String where) {
    assertThat(placed(where).fatalDataCentres()).isEmpty();
    assertThat(placed(where + "a").fatalDataCentres()).isNotEmpty();
  }

  /** All committees of up to seven validators in up to five data centres. */
  @Test
  void noLargerCommitteeWouldSurvive() {
    for (int n = 1; n <= 7; n++) {
      for (var where : words(n)) {
        var network = placed(where).committee();
        int best = 0;
        for (int subset = 1; subset < 1 << n; subset++) {
          var chosen = subset;
          var committee =
              new Placement(
                  IntStream.range(0, n)
                      .filter(i -> (chosen & 1 << i) != 0)
                      .mapToObj(network::get)
                      .toList());
          if (committee.fatalDataCentres().isEmpty()
              && committee.committee().size() >= Placement.LIAR_TOLERATED_FROM) {
            best = Math.max(best, committee.committee().size());
          }
        }
        assertThat(
                Placement.survivingOneDataCentre(network)
                    .map(found -> found.committee().size())
                    .orElse(0))
            .as(where)
            .isEqualTo(best);
      }
    }
  }

  /** Validators are interchangeable, so words in ascending order are all that there are. */
  private static List<String> words(int length) {
    var words = new ArrayList<String>(List.of(""));
    for (int i = 0; i < length; i++) {
      var longer = new ArrayList<String>();
      for (var word : words) {
        char least = word.isEmpty() ? 'a' : word.charAt(word.length() - 1);
        for (char next = least; next <= 'e'; next++) {
          longer.add(word + next);
        }
      }
      words.clear();
      words.addAll(longer);
    }
    return words;
  }

  @Test
  void theQuorumIsThatOfTheProtocol() {
    for (int n = 1; n <= ValidatorSet.MAX_SIZE; n++) {
      var keys =
          IntStream.range(0, n)
              .mapToObj(
                  i -> {
                    var bytes = new byte[PublicKey.LENGTH];
                    bytes[0] = (byte) (i >>> 8);
                    bytes[1] = (byte) i;
                    return new PublicKey(Bytes.owning(bytes));
                  })
              .toList();
      var placement = placed("a".repeat(n));
      assertThat(placement.quorum()).isEqualTo(new ValidatorSet(keys).quorum());
      assertThat(placement.faultsTolerated()).isEqualTo(new ValidatorSet(keys).faultsTolerated());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "dc", "dc=", "node=v1", "dc=a b", "a"})
  void aLossIsADataCentreOrAValidator(String text) {
    assertThatThrownBy(() -> Loss.parse(text)).isInstanceOf(IllegalArgumentException.class);
  }

  /** One validator for each letter, which names its data centre. */
  private static Placement placed(String where) {
    return new Placement(
        IntStream.range(0, where.length())
            .mapToObj(i -> new Member("v" + (i + 1), where.substring(i, i + 1)))
            .toList());
  }
}
