package dev.sampo.cluster.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.util.List;
import org.junit.jupiter.api.Test;

class StageTest {

  @Test
  void theInnermostFrameThatBelongsToAStageDecides() {
    assertThat(
            Stage.of(
                List.of(
                    "com.amazon.corretto.crypto.provider.EvpSignatureRaw.verifyRaw",
                    "dev.sampo.core.crypto.Ed25519Suite.verifyTransaction",
                    "dev.sampo.node.verification.VerdictCache.hasValidSignature",
                    "dev.sampo.core.execution.EntryRules.judge",
                    "java.lang.Thread.run")))
        .isEqualTo(Stage.VERIFY_TRANSACTIONS);
    assertThat(
            Stage.of(
                List.of(
                    "dev.sampo.core.wire.WireWriter.u8",
                    "dev.sampo.core.state.Page.encoded",
                    "dev.sampo.core.execution.DedupeSet.finish")))
        .isEqualTo(Stage.TREE);
  }

  @Test
  void whatBelongsToNoneIsNotHidden() {
    assertThat(Stage.of(List.of("java.lang.Thread.run"))).isEqualTo(Stage.OTHER);
    assertThat(Stage.of(List.of())).isEqualTo(Stage.UNKNOWN);
  }

  /** A class that moves must take its stage along, or its time would turn up as another's. */
  @Test
  void everyStageOfOursNamesWhatThereIs() {
    for (var name : Stage.prefixes()) {
      if (name.startsWith("dev.sampo.") && !name.endsWith(".")) {
        boolean hasMethod = Character.isLowerCase(name.charAt(name.lastIndexOf('.') + 1));
        var type = hasMethod ? name.substring(0, name.lastIndexOf('.')) : name;
        assertThatCode(() -> Class.forName(type, false, getClass().getClassLoader()))
            .doesNotThrowAnyException();
      } else if (name.startsWith("dev.sampo.")) {
        assertThat(getClass().getClassLoader().getResource(name.replace('.', '/'))).isNotNull();
      }
    }
  }
}
