package dev.sampo.cluster.cli;

import dev.sampo.cluster.console.ExitCode;
import dev.sampo.cluster.demo.SharedDemo;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
    name = "kill",
    description = "Kills a node of the running demo of several nodes for each validator.")
final class DemoKillCommand implements Callable<Integer> {

  @Parameters(paramLabel = "NAME", description = "Such as v1a.")
  private String name = "";

  @Mixin private final OutputOptions output = new OutputOptions();

  @Override
  public Integer call() throws IOException {
    var answer = RunningDemo.find().order(SharedDemo.KILL + name);
    var json = new LinkedHashMap<String, Object>();
    json.put("name", name);
    json.put("killed", true);
    output.console().answer(answer, json);
    return ExitCode.OK.number();
  }
}
