import java.io.BufferedReader;
import java.io.File;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.util.HashMap;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.hdfs.MiniDFSCluster;
import org.apache.hadoop.hdfs.MiniDFSCluster.DataNodeProperties;
import org.apache.hadoop.metrics2.lib.DefaultMetricsSystem;
import org.apache.hadoop.net.NetUtils;
import org.apache.hadoop.yarn.conf.YarnConfiguration;
import org.apache.hadoop.yarn.server.nodemanager.NodeManager;
import org.apache.hadoop.yarn.server.resourcemanager.ResourceManager;

/**
 * HDFS and YARN in one JVM, on loopback: two hosts with a data node and a node manager each.
 *
 * <p>{@code java -cp 'build/minicluster/*' MiniCluster.java FOLDER} keeps everything below FOLDER, writes
 * core-site.xml, hdfs-site.xml and yarn-site.xml to FOLDER/conf, says {@code READY} and then does what
 * standard input says, a line each, answering {@code DONE}: {@code stop-data-node HOST},
 * {@code start-data-node HOST}. The end of its input is the end of the cluster, so that it never
 * outlives the program that started it.
 *
 * <p>YARN's own MiniYARNCluster is not used: it binds to the machine's name, which need not be loopback.
 */
public final class MiniCluster {
  /** All of 127/8 is loopback on Linux: two hosts that differ, as locality needs. */
  private static final String[] HOSTS = {"127.0.0.2", "127.0.0.3"};
  private static final String MASTER = "127.0.0.1";
  private static final int WAIT_MILLIS = 30_000;

  private final File folder;
  private final YarnConfiguration conf = new YarnConfiguration();
  private final MiniDFSCluster hdfs;
  private final ResourceManager resourceManager = new ResourceManager();
  private final Map<String, DataNodeProperties> stopped = new HashMap<>();

  private MiniCluster(File folder) throws IOException {
    this.folder = folder;
    // Daemons that share a JVM register the same metrics.
    DefaultMetricsSystem.setMiniClusterMode(true);
    hdfs = startHdfs();
    startYarn();
  }

  public static void main(String[] arguments) {
    try {
      MiniCluster cluster = new MiniCluster(new File(arguments[0]).getAbsoluteFile());
      cluster.awaitReady();
      cluster.writeConf();
      System.out.println("READY");
      BufferedReader commands = new BufferedReader(new InputStreamReader(System.in));
      for (String line = commands.readLine(); line != null; line = commands.readLine()) {
        cluster.obey(line.split(" "));
        System.out.println("DONE");
      }
      end(0);
    } catch (Throwable failed) {
      failed.printStackTrace();
      end(1);
    }
  }

  private MiniDFSCluster startHdfs() throws IOException {
    // The tests want files of several blocks, not megabytes.
    conf.setInt("dfs.namenode.fs-limits.min-block-size", 512);
    // A data node that is gone is noticed after 2 x recheck + 10 x heartbeat (1 s).
    conf.setInt("dfs.namenode.heartbeat.recheck-interval", 1_000);
    MiniDFSCluster started = new MiniDFSCluster.Builder(conf, new File(folder, "hdfs"))
        .numDataNodes(HOSTS.length).hosts(HOSTS).build();
    for (String host : HOSTS) {
      // It has said that they are localhost, which is not where node managers listen.
      NetUtils.addStaticResolution(host, host);
    }
    return started;
  }

  private void startYarn() {
    conf.setBoolean(YarnConfiguration.IS_MINI_YARN_CLUSTER, true);
    conf.set(YarnConfiguration.RM_HOSTNAME, MASTER);
    conf.set(YarnConfiguration.RM_BIND_HOST, MASTER);
    for (String address : new String[] {YarnConfiguration.RM_ADDRESS,
        YarnConfiguration.RM_SCHEDULER_ADDRESS, YarnConfiguration.RM_RESOURCE_TRACKER_ADDRESS,
        YarnConfiguration.RM_ADMIN_ADDRESS, YarnConfiguration.RM_WEBAPP_ADDRESS}) {
      conf.set(address, MASTER + ":0");
    }
    conf.setInt(YarnConfiguration.RM_AM_MAX_ATTEMPTS, 1);
    conf.setInt(YarnConfiguration.RM_NM_HEARTBEAT_INTERVAL_MS, 100);
    conf.set("yarn.scheduler.capacity.root.queues", "default");
    conf.set("yarn.scheduler.capacity.root.default.capacity", "100");
    conf.set("yarn.scheduler.capacity.maximum-am-resource-percent", "1.0");
    resourceManager.init(conf);
    resourceManager.start();
    for (String host : HOSTS) {
      startNodeManager(host);
    }
  }

  private void startNodeManager(String host) {
    YarnConfiguration own = new YarnConfiguration(resourceManager.getConfig());
    own.set(YarnConfiguration.NM_BIND_HOST, host);
    own.set(YarnConfiguration.NM_ADDRESS, host + ":0");
    own.set(YarnConfiguration.NM_LOCALIZER_ADDRESS, host + ":0");
    own.set(YarnConfiguration.NM_WEBAPP_ADDRESS, host + ":0");
    own.set(YarnConfiguration.NM_LOCAL_DIRS, new File(folder, "yarn/" + host + "/local").getPath());
    own.set(YarnConfiguration.NM_LOG_DIRS, new File(folder, "yarn/" + host + "/logs").getPath());
    // Two containers: YARN rounds each up to its smallest, 1 GiB.
    own.setInt(YarnConfiguration.NM_PMEM_MB, 2048);
    own.setInt(YarnConfiguration.NM_VCORES, 4);
    own.setBoolean(YarnConfiguration.NM_VMEM_CHECK_ENABLED, false);
    // A disk that is nearly full is this machine's matter.
    own.setBoolean(YarnConfiguration.NM_DISK_HEALTH_CHECK_ENABLE, false);
    NodeManager nodeManager = new NodeManager();
    nodeManager.init(own);
    nodeManager.start();
  }

  private void awaitReady() throws Exception {
    hdfs.waitActive();
    long end = System.currentTimeMillis() + WAIT_MILLIS;
    while (resourceManager.getResourceScheduler().getNumClusterNodes() < HOSTS.length) {
      if (System.currentTimeMillis() > end) {
        throw new IllegalStateException("the node managers have not registered");
      }
      Thread.sleep(50);
    }
  }

  /** What a client has to know. */
  private void writeConf() throws IOException {
    Configuration core = new Configuration(false);
    core.set("fs.defaultFS", hdfs.getURI().toString());
    write(core, "core-site.xml");
    Configuration files = new Configuration(false);
    files.setInt("dfs.replication", 1);
    // A file is complete once its data nodes have said so: ask again soon (default 400 ms, then twice that).
    files.setInt("dfs.client.block.write.locateFollowingBlock.initial.delay.ms", 10);
    write(files, "hdfs-site.xml");
    Configuration yarn = new Configuration(false);
    Configuration running = resourceManager.getConfig();
    for (String address : new String[] {YarnConfiguration.RM_ADDRESS,
        YarnConfiguration.RM_SCHEDULER_ADDRESS, YarnConfiguration.RM_WEBAPP_ADDRESS}) {
      yarn.set(address, running.get(address));
    }
    write(yarn, "yarn-site.xml");
  }

  private void write(Configuration site, String name) throws IOException {
    File file = new File(folder, "conf/" + name);
    file.getParentFile().mkdirs();
    try (OutputStream out = new FileOutputStream(file)) {
      site.writeXml(out);
    }
  }

  private void obey(String[] command) throws Exception {
    if (command[0].equals("stop-data-node")) {
      stopped.put(command[1], hdfs.stopDataNode(indexOf(command[1])));
    } else if (command[0].equals("start-data-node")) {
      hdfs.restartDataNode(stopped.remove(command[1]));
      hdfs.waitActive();
    } else {
      throw new IllegalArgumentException("unknown command " + command[0]);
    }
  }

  private int indexOf(String host) {
    for (int i = 0; i < hdfs.getDataNodes().size(); i++) {
      if (hdfs.getDataNodes().get(i).getDatanodeId().getHostName().equals(host)) {
        return i;
      }
    }
    throw new IllegalArgumentException("no data node runs on " + host);
  }

  /**
   * Ends this JVM and every container. Nothing is worth an orderly end, which takes half a minute.
   */
  private static void end(int status) {
    ProcessHandle.current().descendants().forEach(ProcessHandle::destroyForcibly);
    Runtime.getRuntime().halt(status);
  }
}
