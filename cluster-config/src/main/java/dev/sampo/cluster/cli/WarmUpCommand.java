package dev.sampo.cluster.cli;

import dev.sampo.cluster.demo.WarmUp;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(name = "warm-up", hidden = true, description = "Trains the start-up cache.")
final class WarmUpCommand implements Callable<Integer> {

  @Mixin private final OutputOptions output = new OutputOptions();

  @Override
  public Integer call() throws IOException, InterruptedException {
    return new WarmUp(output.console()).run().number();
  }
}
