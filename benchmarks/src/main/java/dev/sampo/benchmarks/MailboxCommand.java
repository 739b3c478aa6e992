package dev.sampo.benchmarks;

import dev.sampo.benchmarks.mailbox.MailboxPlan;
import dev.sampo.benchmarks.mailbox.MailboxTable;
import dev.sampo.cluster.cli.DurationText;
import dev.sampo.cluster.cli.OutputOptions;
import dev.sampo.cluster.cli.Usage;
import dev.sampo.cluster.console.ExitCode;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "mailbox",
    description = {
      "Measures how long a message is under way between two actors, by the threads they run on,",
      "alone and beside another pair that never rests."
    })
final class MailboxCommand implements Callable<Integer> {

  @Option(
      names = "--messages",
      paramLabel = "N",
      defaultValue = "10000",
      description = "Measured in each row. Default: 10000.")
  private int messages;

  @Option(
      names = "--warm-up-messages",
      paramLabel = "N",
      defaultValue = "5000",
      description = "Sent before, and not measured. Default: 5000.")
  private int warmUp;

  @Option(
      names = "--pause",
      paramLabel = "TIME",
      converter = DurationText.class,
      defaultValue = "1ms",
      description = "Between two messages. Default: 1ms.")
  private Duration pause = Duration.ZERO;

  @Mixin private final OutputOptions output = new OutputOptions();

  @Override
  public Integer call() {
    Usage.require(
        messages > 0 && messages <= MailboxPlan.MESSAGES_MAX,
        "--messages is 1 to " + MailboxPlan.MESSAGES_MAX);
    Usage.require(
        warmUp >= 0 && warmUp <= MailboxPlan.MESSAGES_MAX,
        "--warm-up-messages is 0 to " + MailboxPlan.MESSAGES_MAX);
    var console = output.console();
    var plan = new MailboxPlan(messages, warmUp, pause);
    var report = new MailboxTable(plan, console::say).measure();
    console.answer(report.text(), report.json());
    return ExitCode.OK.number();
  }
}
