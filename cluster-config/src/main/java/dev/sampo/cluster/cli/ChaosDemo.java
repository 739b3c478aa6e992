package dev.sampo.cluster.cli;

import dev.sampo.cluster.chaos.ChaosWords;
import dev.sampo.cluster.console.CommandFailed;
import dev.sampo.cluster.console.Console;
import dev.sampo.cluster.console.ExitCode;
import dev.sampo.cluster.demo.ControlSocket;
import dev.sampo.cluster.demo.DemoPointer;
import dev.sampo.cluster.demo.InteractiveDemo;
import java.io.IOException;
import java.util.LinkedHashMap;

/** The demo that runs, as a place where things go wrong. */
record ChaosDemo(DemoPointer demo, ChaosWords words) {

  static ChaosDemo find() {
    var demo =
        DemoPointer.find(DemoPointer.file())
            .orElseThrow(
                () ->
                    new CommandFailed(
                        ExitCode.FAILED,
                        "no demo is running: start one with ./sampo demo in another terminal"));
    var words =
        ChaosWords.of(
            demo.validators().stream().map(DemoPointer.Validator::name).toList(),
            demo.validators().stream().map(DemoPointer.Validator::dataCentre).toList());
    return new ChaosDemo(demo, words);
  }

  int validators() {
    return demo.validators().size();
  }

  /** Makes one fault happen and answers with it. */
  int make(String written, Console console) throws IOException {
    var fault = order(words.normal(written));
    var json = new LinkedHashMap<String, Object>();
    json.put("fault", fault);
    json.put("happened", true);
    console.answer(fault, json);
    return ExitCode.OK.number();
  }

  /** Returns when it has happened. */
  String order(String fault) throws IOException {
    var answer = ControlSocket.ask(demo.control(), InteractiveDemo.CHAOS + fault);
    if (!answer.startsWith(InteractiveDemo.DONE)) {
      throw new CommandFailed(ExitCode.FAILED, answer);
    }
    return answer.substring(InteractiveDemo.DONE.length());
  }
}
