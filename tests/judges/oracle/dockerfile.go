package main

import (
	"bytes"
	"encoding/json"

	"github.com/moby/buildkit/frontend/dockerfile/instructions"
	"github.com/moby/buildkit/frontend/dockerfile/linter"
	"github.com/moby/buildkit/frontend/dockerfile/parser"
)

type dockerfileQuestion struct {
	Text []byte `json:"text"`
}

// dockerfileAnswer: what the parser makes of the text, and whether the instructions are ones that a build accepts.
type dockerfileAnswer struct {
	Escape       string        `json:"escape"`
	Instructions []instruction `json:"instructions"`
	Stages       []stage       `json:"stages"`
	Args         int           `json:"args"`                  // ARG instructions before the first FROM
	ParseError   string        `json:"parse_error,omitempty"` // of the parser: no instructions then
	Error        string        `json:"error,omitempty"`       // of an instruction: no stages then
}

type instruction struct {
	Name     []byte       `json:"name"`
	Args     [][]byte     `json:"args"` // the nodes after the instruction; of ONBUILD the whole inner instruction
	Flags    [][]byte     `json:"flags"`
	Original []byte       `json:"original"`
	JSON     bool         `json:"json"`
	Start    int          `json:"start"`
	End      int          `json:"end"`
	Heredocs []heredoc    `json:"heredocs"`
	Inner    *instruction `json:"inner,omitempty"`
}

type heredoc struct {
	Name    []byte `json:"name"`
	Content []byte `json:"content"`
	Expand  bool   `json:"expand"`
	Chomp   bool   `json:"chomp"`
	FD      uint   `json:"fd"`
}

type stage struct {
	Name     []byte `json:"name"`
	Base     []byte `json:"base"`
	Platform []byte `json:"platform"`
	Line     int    `json:"line"`
	Commands int    `json:"commands"`
}

// dockerfile reads a whole Dockerfile.
func dockerfile(line []byte) (any, error) {
	var question dockerfileQuestion
	if err := json.Unmarshal(line, &question); err != nil {
		return nil, err
	}
	result, err := parser.Parse(bytes.NewReader(question.Text))
	if err != nil {
		return dockerfileAnswer{ParseError: err.Error()}, nil
	}
	answer := dockerfileAnswer{Escape: string(result.EscapeToken)}
	for _, node := range result.AST.Children {
		answer.Instructions = append(answer.Instructions, describe(node))
	}
	stages, args, err := instructions.Parse(result.AST, linter.New(&linter.Config{}))
	if err != nil {
		answer.Error = err.Error()
		return answer, nil
	}
	answer.Args = len(args)
	for _, s := range stages {
		answer.Stages = append(answer.Stages, stage{
			[]byte(s.Name), []byte(s.BaseName), []byte(s.Platform), s.Location[0].Start.Line, len(s.Commands),
		})
	}
	return answer, nil
}

func describe(node *parser.Node) instruction {
	described := instruction{
		Name:     []byte(node.Value),
		Original: []byte(node.Original),
		JSON:     node.Attributes["json"],
		Start:    node.StartLine,
		End:      node.EndLine,
	}
	for _, flag := range node.Flags {
		described.Flags = append(described.Flags, []byte(flag))
	}
	for next := node.Next; next != nil; next = next.Next {
		if len(next.Children) > 0 {
			inner := describe(next.Children[0])
			described.Inner = &inner
			continue
		}
		described.Args = append(described.Args, []byte(next.Value))
	}
	for _, doc := range node.Heredocs {
		described.Heredocs = append(described.Heredocs, heredoc{
			[]byte(doc.Name), []byte(doc.Content), doc.Expand, doc.Chomp, doc.FileDescriptor,
		})
	}
	return described
}
