package dev.sampo.cluster.profile;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Method;
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
    assertThat(
            Stage.of(
                List.of(
                    "org.rocksdb.RocksDB.write",
                    "dev.sampo.persistence.store.NodeStore.write",
                    "dev.sampo.persistence.journal.EventLog.append")))
        .as("the journal's write, not the ledger's")
        .isEqualTo(Stage.PROMISES);
  }

  @Test
  void whatBelongsToNoneIsNotHidden() {
    assertThat(Stage.of(List.of("java.lang.Thread.run"))).isEqualTo(Stage.OTHER);
    assertThat(Stage.of(List.of())).isEqualTo(Stage.UNKNOWN);
  }

  /** A class that moves must take its stage along, or its time would turn up as another's. */
  @Test
  void everyStageOfOursNamesWhatThereIs() throws ClassNotFoundException {
    var loader = getClass().getClassLoader();
    for (var name : Stage.prefixes()) {
      if (name.startsWith("dev.sampo.") && !name.endsWith(".")) {
        int dot = name.lastIndexOf('.');
        boolean isMethod = Character.isLowerCase(name.charAt(dot + 1));
        var type = Class.forName(isMethod ? name.substring(0, dot) : name, false, loader);
        if (isMethod) {
          assertThat(type.getDeclaredMethods())
              .extracting(Method::getName)
              .contains(name.substring(dot + 1));
        }
      } else if (name.startsWith("dev.sampo.")) {
        assertThat(loader.getResource(name.replace('.', '/'))).isNotNull();
      }
    }
  }
}
