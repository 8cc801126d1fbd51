// Prints, for each line of standard input (a project folder, then compose files, separated by tabs), the build section of
// each service as docker compose loads it, as one JSON object a line; {"error": …} where it does not load. Without files it
// takes those that docker compose finds by itself.
package main

import (
	"bufio"
	"context"
	"encoding/json"
	"io"
	"os"
	"strings"

	"github.com/compose-spec/compose-go/v2/cli"
	"github.com/sirupsen/logrus"
)

type build struct {
	Context    string             `json:"context"`
	Dockerfile string             `json:"dockerfile"`
	Inline     string             `json:"inline"`
	Target     string             `json:"target"`
	Args       map[string]*string `json:"args"`
	Contexts   map[string]string  `json:"contexts"`
}

func load(folder string, files []string) (map[string]build, error) {
	options, err := cli.NewProjectOptions(files, cli.WithWorkingDirectory(folder), cli.WithEnv([]string{"PWD=" + folder}),
		cli.WithEnvFiles(), cli.WithDotEnv, cli.WithConfigFileEnv, cli.WithDefaultConfigPath, cli.WithoutEnvironmentResolution, cli.WithName("x"), cli.WithProfiles([]string{"*"}))
	if err != nil {
		return nil, err
	}
	project, err := options.LoadProject(context.Background())
	if err != nil {
		return nil, err
	}
	found := map[string]build{}
	for name, service := range project.Services {
		if b := service.Build; b != nil {
			found[name] = build{b.Context, b.Dockerfile, b.DockerfileInline, b.Target, b.Args, b.AdditionalContexts}
		}
	}
	return found, nil
}

func main() {
	logrus.SetOutput(io.Discard)
	in, out := bufio.NewScanner(os.Stdin), json.NewEncoder(os.Stdout)
	for in.Scan() {
		words := strings.Split(in.Text(), "\t")
		found, err := load(words[0], words[1:])
		if err != nil {
			_ = out.Encode(map[string]string{"error": err.Error()})
			continue
		}
		_ = out.Encode(found)
	}
}
