package dev.sampo.benchmarks.mailbox;

import com.typesafe.config.Config;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.dispatch.DispatcherPrerequisites;
import org.apache.pekko.dispatch.ExecutorServiceConfigurator;
import org.apache.pekko.dispatch.ExecutorServiceFactory;

/** A dispatcher's one thread that looks for work all the time; named in a configuration. */
public final class SpinningThread extends ExecutorServiceConfigurator {

  /** As Pekko calls it. */
  public SpinningThread(Config config, DispatcherPrerequisites prerequisites) {
    super(config, prerequisites);
  }

  @Override
  public ExecutorServiceFactory createExecutorServiceFactory(String id, ThreadFactory threads) {
    return () -> Spinning.start(threads);
  }

  private static final class Spinning extends AbstractExecutorService {

    private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
    private final CountDownLatch ended = new CountDownLatch(1);
    private volatile boolean stopping;

    static ExecutorService start(ThreadFactory threads) {
      var spinning = new Spinning();
      threads.newThread(spinning::run).start();
      return spinning;
    }

    private void run() {
      try {
        while (!(stopping && tasks.isEmpty())) {
          var task = tasks.poll();
          if (task == null) {
            Thread.onSpinWait();
          } else {
            task.run();
          }
        }
      } finally {
        ended.countDown();
      }
    }

    @Override
    public void execute(Runnable task) {
      if (stopping) {
        throw new RejectedExecutionException("the thread is being stopped");
      }
      tasks.add(task);
    }

    @Override
    public void shutdown() {
      stopping = true;
    }

    @Override
    public List<Runnable> shutdownNow() {
      stopping = true;
      var left = new ArrayList<Runnable>();
      for (var task = tasks.poll(); task != null; task = tasks.poll()) {
        left.add(task);
      }
      return left;
    }

    @Override
    public boolean isShutdown() {
      return stopping;
    }

    @Override
    public boolean isTerminated() {
      return ended.getCount() == 0;
    }

    @Override
    public boolean awaitTermination(long timeout, TimeUnit unit) throws InterruptedException {
      return ended.await(timeout, unit);
    }
  }
}
