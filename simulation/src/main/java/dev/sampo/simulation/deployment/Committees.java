package dev.sampo.simulation.deployment;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Places ledgers: homes take turns, and committees of 4, 7 and 10 (as far as there are validators)
 * take turns in each home. A committee of 3f + 1 over three data centres has f + 1 members at home
 * and f in each other one, so that it survives the loss of any data centre but its home; no
 * committee over three survives the loss of each of them.
 */
final class Committees {

  private static final int LARGEST = 10;
  private static final int STEP = 3;

  private final Shape shape;
  private final int[] seats;

  private Committees(Shape shape) {
    this.shape = shape;
    this.seats = new int[shape.validators()];
  }

  static List<Committee> of(Shape shape) {
    var committees = new Committees(shape);
    var sizes =
        IntStream.iterate(
                Shape.VALIDATORS_MIN,
                size -> size <= Math.min(LARGEST, shape.validators()),
                size -> size + STEP)
            .boxed()
            .toList();
    return IntStream.range(0, shape.ledgers())
        .mapToObj(
            number ->
                committees.place(
                    number % shape.dataCentres(),
                    sizes.get(number / shape.dataCentres() % sizes.size())))
        .toList();
  }

  private Committee place(int home, int size) {
    var members = new ArrayList<Integer>();
    for (int turn = home; members.size() < size; turn++) {
      int dataCentre = turn % shape.dataCentres();
      IntStream.range(0, shape.validators())
          .filter(each -> shape.dataCentreOf(each) == dataCentre && !members.contains(each))
          .boxed()
          .min(Comparator.comparingInt(each -> seats[each]))
          .ifPresent(
              each -> {
                members.add(each);
                seats[each]++;
              });
    }
    return new Committee(home, members);
  }
}
