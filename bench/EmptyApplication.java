import org.apache.spark.sql.SparkSession;

/** The least that a Spark application with SQL does: it starts a session, runs one statement and ends. */
public final class EmptyApplication {
    private EmptyApplication() {}

    public static void main(String[] args) {
        SparkSession session = SparkSession.builder().appName("empty").getOrCreate();
        session.sql("SELECT 1").collect();
        session.stop();
    }
}
