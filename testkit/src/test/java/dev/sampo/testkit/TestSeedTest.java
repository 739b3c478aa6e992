package dev.sampo.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class TestSeedTest {

  @Test
  void readsWhatItPrints() {
    assertThat(TestSeed.read(TestSeed.text(-42))).isEqualTo(-42);
    assertThat(TestSeed.read("17")).isEqualTo(17);
  }

  @Test
  void saysSoWhenASeedIsOfAnotherVersion() {
    assertThatThrownBy(() -> TestSeed.read("v999:17"))
        .hasMessageContaining("seed of version 999")
        .hasMessageContaining("another run");
  }

  @ParameterizedTest
  @ValueSource(strings = {"x", "v1", "v1:", "1.5", "99999999999999999999", "9223372036854775808"})
  void refusesWhatIsNoSeed(String text) {
    assertThatThrownBy(() -> TestSeed.read(text)).hasMessageContaining(text);
  }
}
