package io.tlsport.core.reload;

import static java.nio.file.StandardWatchEventKinds.ENTRY_CREATE;
import static java.nio.file.StandardWatchEventKinds.ENTRY_DELETE;
import static java.nio.file.StandardWatchEventKinds.ENTRY_MODIFY;

import java.io.IOException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.util.Set;

/** What the file system tells: a thread for each watch. A folder that cannot be watched is not. */
public final class SystemFolderEvents implements FolderEvents {
  private static final System.Logger LOG = System.getLogger("io.tlsport");

  @Override
  public Watch watch(Set<Path> folders, Runnable changed) {
    WatchService service;
    try {
      service = FileSystems.getDefault().newWatchService();
    } catch (IOException | UnsupportedOperationException none) {
      LOG.log(System.Logger.Level.DEBUG, "no events of folders: files are only polled", none);
      return NONE.watch(folders, changed);
    }
    for (Path folder : folders) {
      register(service, folder);
    }
    Thread thread = new Thread(() -> take(service, changed), "tlsport-files");
    thread.setDaemon(true);
    thread.start();
    return () -> close(service);
  }

  private static void register(WatchService service, Path folder) {
    try {
      folder.register(service, ENTRY_CREATE, ENTRY_DELETE, ENTRY_MODIFY);
    } catch (IOException | UnsupportedOperationException none) {
      LOG.log(System.Logger.Level.DEBUG, "no events of " + folder + ": it is only polled", none);
    }
  }

  private static void take(WatchService service, Runnable changed) {
    try {
      while (true) {
        WatchKey key = service.take();
        if (!key.pollEvents().isEmpty()) {
          changed.run();
        }
        key.reset();
      }
    } catch (ClosedWatchServiceException closed) {
      return; // nobody wants to know any more
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private static void close(WatchService service) {
    try {
      service.close();
    } catch (IOException failed) {
      LOG.log(System.Logger.Level.DEBUG, "a watch of folders did not end", failed);
    }
  }
}
