package dev.sampo.simulation.scenario;

import java.util.ArrayList;
import java.util.List;

/** Which validators and data centres a scenario's lines may name. */
record Validators(int count, List<DataCentre> dataCentres) {

  Validators {
    dataCentres = List.copyOf(dataCentres);
  }

  int index(String text) throws BadLine {
    int index = FaultReader.number(text);
    if (index >= count) {
      throw new BadLine("there is no validator " + index + "; the indices are 0 to " + (count - 1));
    }
    return index;
  }

  /** Indices and names of data centres with commas between, such as {@code 0,1} or {@code a,4}. */
  List<Integer> group(String text) throws BadLine {
    if (text.isEmpty()) {
      throw new BadLine("a group of a partition is empty");
    }
    var group = new ArrayList<Integer>();
    for (var part : text.split(",", -1)) {
      var member = part.strip();
      if (member.matches("[0-9]+")) {
        group.add(index(member));
      } else {
        group.addAll(dataCentre(member).validators());
      }
    }
    return List.copyOf(group);
  }

  private DataCentre dataCentre(String name) throws BadLine {
    for (var dataCentre : dataCentres) {
      if (dataCentre.name().equals(name)) {
        return dataCentre;
      }
    }
    var names = dataCentres.stream().map(DataCentre::name).toList();
    throw new BadLine(
        "unknown data centre '"
            + name
            + "'"
            + (names.isEmpty()
                ? "; the scenario has no line 'data-centre NAME INDICES'"
                : Suggestion.among(name, names)));
  }
}
