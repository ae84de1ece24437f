#!/usr/bin/env bash
# A standalone Spark cluster on loopback: a master and workers as processes, from the jars that the build of module
# spark has fetched. It ends, with all its processes, at Ctrl-C or when its standard input ends.
#
#   tools/spark-cluster.sh FOLDER [WORKERS [PORT [WORKER OPTION]...]]
#
# FOLDER becomes what SPARK_HOME names: jars/, bin/spark-submit, and logs/ and work/ of the processes.
set -eu

[ $# -ge 1 ] || { sed -n '2,7s/^# \{0,1\}//p' "$0" >&2; exit 2; }
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd -P)
. "$root/lab/src/dist/libexec/find-jdk.bash"
mkdir -p "$1/jars" "$1/bin" "$1/logs" "$1/conf"
home=$(cd "$1" && pwd -P)
workers=${2:-2}
port=${3:-7077}
shift $(($# < 3 ? $# : 3))
JAVA_HOME=$(find_jdk java) || no_jdk

classpath=$root/spark/target/spark.classpath
if [ ! -f "$classpath" ]; then
    echo "spark-cluster: $classpath is missing; build it: mvn -q -pl spark -am generate-test-resources" >&2
    exit 2
fi
tr : '\n' <"$classpath" | while read -r jar; do ln -sf "$jar" "$home/jars/"; done

# What stands in bin/spark-submit of a distribution, for a folder that holds Spark's jars and nothing else.
cat >"$home/bin/spark-submit" <<'EOF'
#!/usr/bin/env bash
set -eu
export SPARK_HOME SPARK_SCALA_VERSION=2.13
SPARK_HOME=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd -P)
java=${JAVA_HOME:+$JAVA_HOME/bin/}java
# Spark's launcher answers an empty word, the end of a line, and the words of the command.
mapfile -d '' -t command < <("$java" -cp "$SPARK_HOME/jars/*" org.apache.spark.launcher.Main \
    org.apache.spark.deploy.SparkSubmit "$@")
exec "${command[1]#$'\n'}" "${command[@]:2}"
EOF
chmod +x "$home/bin/spark-submit"

export JAVA_HOME SPARK_HOME=$home SPARK_SCALA_VERSION=2.13 SPARK_LOCAL_IP=127.0.0.1
started=()
deploy() {
    local name=$1
    shift
    "$JAVA_HOME/bin/java" -Xmx512m -cp "$home/jars/*" "org.apache.spark.deploy.$@" --host 127.0.0.1 --webui-port 0 \
        >"$home/logs/$name.log" 2>&1 </dev/null &
    started+=($!)
    echo "$name: process $!"
}
trap 'kill "${started[@]}" 2>/dev/null' EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

deploy master master.Master --port "$port"
for ((worker = 1; worker <= workers; worker++)); do
    deploy "worker-$worker" worker.Worker "spark://127.0.0.1:$port" --cores 1 --memory 1g --work-dir "$home/work/$worker" "$@"
done
echo "export SPARK_HOME=$home SPARK_LOCAL_IP=127.0.0.1 JAVA_HOME=$JAVA_HOME"
echo "adamscope sweep … --engine spark --master spark://127.0.0.1:$port"
cat >/dev/null
