package dev.sampo.cluster.cli;

import dev.sampo.cluster.chaos.ChaosWords;
import dev.sampo.cluster.console.Console;
import dev.sampo.cluster.console.ExitCode;
import dev.sampo.cluster.demo.DemoPointer;
import dev.sampo.cluster.demo.InteractiveDemo;
import java.io.IOException;
import java.util.LinkedHashMap;

/** The demo that runs, as a place where things go wrong. */
record ChaosDemo(RunningDemo demo, ChaosWords words) {

  static ChaosDemo find() {
    var demo = RunningDemo.find();
    var validators = demo.pointer().validators();
    var words =
        ChaosWords.of(
            validators.stream().map(DemoPointer.Validator::name).toList(),
            validators.stream().map(DemoPointer.Validator::dataCentre).toList());
    return new ChaosDemo(demo, words);
  }

  int validators() {
    return demo.pointer().validators().size();
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
    return demo.order(InteractiveDemo.CHAOS + fault);
  }
}
