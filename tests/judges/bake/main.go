// Prints, for each line of standard input (the paths of bake files, separated by tabs), every target as `docker buildx bake
// --print` has it, as one JSON object a line; {"error": …} where it does not load.
package main

import (
	"bufio"
	"context"
	"encoding/json"
	"io"
	"log"
	"os"
	"path/filepath"
	"strings"

	"github.com/docker/buildx/bake"
)

func load(paths []string) (map[string]*bake.Target, error) {
	var files []bake.File
	for _, path := range paths {
		data, err := os.ReadFile(path)
		if err != nil {
			return nil, err
		}
		files = append(files, bake.File{Name: filepath.Base(path), Data: data})
	}
	defaults := map[string]string{"BAKE_CMD_CONTEXT": "cwd://", "BAKE_LOCAL_PLATFORM": "linux/amd64"}
	config, _, err := bake.ParseFiles(files, defaults, nil)
	if err != nil {
		return nil, err
	}
	var names []string
	for _, target := range config.Targets {
		names = append(names, target.Name)
	}
	targets, _, err := bake.ReadTargets(context.Background(), files, names, nil, defaults, nil, &bake.EntitlementConf{})
	return targets, err
}

func main() {
	log.SetOutput(io.Discard)
	in, out := bufio.NewScanner(os.Stdin), json.NewEncoder(os.Stdout)
	for in.Scan() {
		targets, err := load(strings.Split(in.Text(), "\t"))
		if err != nil {
			_ = out.Encode(map[string]string{"error": err.Error()})
			continue
		}
		_ = out.Encode(targets)
	}
}
