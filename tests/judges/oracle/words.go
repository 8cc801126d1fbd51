package main

import (
	"encoding/json"

	"github.com/moby/buildkit/frontend/dockerfile/shell"
)

type wordQuestion struct {
	Word   []byte            `json:"word"`
	Env    map[string]string `json:"env"`
	Escape string            `json:"escape"`
}

type wordAnswer struct {
	Result []byte `json:"result"`
	Error  string `json:"error,omitempty"`
}

type environment map[string]string

func (e environment) Get(name string) (string, bool) {
	value, ok := e[name]
	return value, ok
}

func (e environment) Keys() []string {
	return nil
}

// words expands one word as BuildKit expands the words of COPY, ENV, WORKDIR and their like.
func words(line []byte) (any, error) {
	question := wordQuestion{Escape: `\`}
	if err := json.Unmarshal(line, &question); err != nil {
		return nil, err
	}
	lex := shell.NewLex(rune(question.Escape[0]))
	result, _, err := lex.ProcessWord(string(question.Word), environment(question.Env))
	if err != nil {
		return wordAnswer{Error: err.Error()}, nil
	}
	return wordAnswer{Result: []byte(result)}, nil
}
