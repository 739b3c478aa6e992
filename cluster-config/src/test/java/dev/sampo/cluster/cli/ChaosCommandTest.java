package dev.sampo.cluster.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

/** The command line of chaos where no demo runs; with one it is tested in DemoIT. */
final class ChaosCommandTest {

  private final StringWriter out = new StringWriter();
  private final StringWriter talk = new StringWriter();

  @Test
  void saysHowToStartADemo() {
    assertThat(run("chaos", "heal")).isEqualTo(1);
    assertThat(run("chaos", "partition", "a", "b")).isEqualTo(1);
    assertThat(run("chaos", "run", "bad-day.scenario")).isEqualTo(1);
    assertThat(talk.toString()).contains("./sampo demo");
    assertThat(out.toString()).isEmpty();
  }

  @Test
  void aWordThatIsNoneIsAUsageError() {
    assertThat(run("chaos")).isEqualTo(2);
    assertThat(run("chaos", "gremlins")).isEqualTo(2);
    assertThat(run("chaos", "partition")).isEqualTo(2);
    assertThat(run("chaos", "partition", "a", "--dc", "a,b")).isEqualTo(2);
    assertThat(out.toString()).isEmpty();
  }

  private int run(String... arguments) {
    return SampoCommand.line(new PrintWriter(out), new PrintWriter(talk), arguments)
        .execute(arguments);
  }
}
